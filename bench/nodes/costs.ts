import { request } from 'undici';
import { type Row, show, summarise, timed } from '../statistics.ts';
import { onOneMachine, onPostgresAndS3, type Place, type Running, startService, type Website } from './places.ts';

/** A kind of request, asked for many times at one service and then at the other, in turns. */
interface Kind {
  readonly what: string;
  readonly aim: string;
  readonly rounds: number;
  /** Requests of each round, one after the other: enough for a CPU time that is counted in hundredths of a second. */
  readonly each: number;
  readonly ask: (side: Side, number: number) => Promise<unknown>;
}

interface Side {
  readonly place: Place;
  readonly website: Website;
  service: Running;
  readonly walls: number[];
  cpu: Spent;
}

/** CPU time of what takes part, milliseconds. The S3 server is that of the tests: another one costs what it costs. */
type Spent = Record<'node' | 'browsers' | 'database' | 'bucket', number>;

const nothing: Spent = { node: 0, browsers: 0, database: 0, bucket: 0 };
const kept = 60;
const cold: Kind = {
  what: 'a cold card',
  aim: '≤ 1.05',
  rounds: 6,
  each: kept / 6,
  ask: ({ service, website }, number) => service.card(website, `/kept/${number}`),
};
const fromStore = (what: string): Kind => ({ ...cold, what, aim: '', rounds: 1, each: kept });
const kinds: readonly Kind[] = [
  cold,
  {
    what: 'a fresh card from memory',
    aim: '≤ 1.05',
    rounds: 6,
    each: 1000,
    ask: ({ service, website }) => service.card(website, '/kept/0'),
  },
  {
    what: 'a card that the origin answers with `304`',
    aim: '',
    rounds: 6,
    each: 300,
    ask: ({ service, website }) => service.card(website, '/asked/page'),
  },
  {
    what: 'a purge of a page, one node',
    aim: '',
    rounds: 6,
    each: 40,
    ask: ({ service, website }) => service.purge(website),
  },
];

/** What each kind of request costs on SQLite and files and on Postgres and S3, side by side. */
export async function benchCosts(origin: string): Promise<Row[]> {
  await using parts = new AsyncDisposableStack();
  const sides = await Promise.all([onOneMachine(), onPostgresAndS3()].map((place) => sideOf(place, origin)));
  for (const { place } of sides) parts.use(place);
  parts.defer(async () => {
    for (const { service } of sides) await service[Symbol.asyncDispose]();
  });
  for (const { service, website } of sides) {
    for (let n = 0; n < 5; n++) await service.card(website, `/kept/warm-${n}`);
    await service.card(website, '/asked/page');
  }
  const rows: Row[] = [];
  for (const kind of kinds) rows.push(...(await compare(kind, sides)));

  // Started again, they have nothing in memory: files, and the files that a node keeps of a bucket, are there.
  await restart(sides, 0);
  rows.push(...(await compare(fromStore('a fresh card from the store'), sides)));
  await restart(sides, 1);
  rows.push(...(await compare(fromStore('a fresh card from the store, the picture in the bucket alone'), sides)));
  return rows;
}

async function sideOf(opening: Promise<Place> | Place, origin: string): Promise<Side> {
  const place = await opening;
  const service = await startService(place.env(0)); // it makes the data folder
  const website = await place.makeWebsite(origin);
  return { place, website, service, walls: [], cpu: nothing };
}

/** @param number of the data folder: on one machine, it is the same one always. */
async function restart(sides: readonly Side[], number: number): Promise<void> {
  for (const side of sides) {
    await side.service[Symbol.asyncDispose]();
    side.service = await startService(side.place.env(number));
    // The browser is there, and the website is known.
    await side.service.card(side.website, `/kept/restart-${number}`);
  }
}

async function compare(kind: Kind, sides: readonly Side[]): Promise<Row[]> {
  for (const side of sides) Object.assign(side, { walls: [], cpu: nothing });
  for (let round = 0; round < kind.rounds; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const before = { ...side.service.cpu(), ...side.place.cpu() };
      for (let n = 0; n < kind.each; n++)
        side.walls.push(await timed(async () => void (await kind.ask(side, round * kind.each + n))));
      const after = { ...side.service.cpu(), ...side.place.cpu() };
      const { node, browsers, database, bucket } = side.cpu;
      side.cpu = {
        node: node + after.node - before.node,
        browsers: browsers + after.browsers - before.browsers,
        database: database + after.database - before.database,
        bucket: bucket + after.bucket - before.bucket,
      };
    }
  }
  const [here, there] = sides;
  if (here === undefined || there === undefined) throw new Error('There are two sides.');
  const requests = kind.rounds * kind.each;
  const digits = kind.each >= 100 ? 3 : 1;
  const per = (ms: number) => (ms / requests).toFixed(digits);
  const [a, b] = [summarise(here.walls), summarise(there.walls)];
  const serviceOf = ({ cpu }: Side) => cpu.node + cpu.browsers;
  const shown = (side: Side) => `${per(serviceOf(side))} = ${per(side.cpu.node)} + ${per(side.cpu.browsers)}`;
  const beside = `; Postgres ${per(there.cpu.database)}, S3 server ${per(there.cpu.bucket)}`;
  return [
    {
      what: `${kind.what}: CPU time of the service (ms), of it in the node and in its browsers`,
      ours: `${shown(there)}${beside}`,
      theirs: shown(here),
      ratio: (serviceOf(there) / serviceOf(here)).toFixed(2),
      aim: kind.aim,
    },
    {
      what: `${kind.what}: time (ms)`,
      ours: show(b, digits),
      theirs: show(a, digits),
      ratio: (b.median / a.median).toFixed(2),
      aim: kind.aim,
    },
  ];
}

/** A purge with other nodes that have to acknowledge it. */
export async function benchPurges(origin: string): Promise<Row[]> {
  await using place = await onPostgresAndS3();
  await using parts = new AsyncDisposableStack();
  const website = await place.makeWebsite(origin);
  const rows: Row[] = [];
  const services: Running[] = [];
  for (const nodes of [1, 2, 4]) {
    while (services.length < nodes) services.push(parts.use(await startService(place.env(services.length))));
    const [first] = services;
    if (first === undefined) throw new Error('There is a node.');
    for (const each of services) await each.card(website, '/kept/purged');
    const [purges, reads]: [number[], number[]] = [[], []];
    for (let n = 0; n < 220; n++) {
      const purge = await timed(() => first.purge(website));
      const read = await timed(async () => void (await readSite(first, website)));
      if (n < 20) continue; // warm
      purges.push(purge);
      reads.push(read);
    }
    const [purge, read] = [summarise(purges), summarise(reads)];
    rows.push({
      what: `a purge, answered by one of ${nodes} live nodes (ms)`,
      ours: show(purge),
      theirs: `a request of the API that reads ${show(read)}`,
      ratio: (purge.median / read.median).toFixed(2),
      aim: nodes === 4 ? '< 50 ms' : '',
    });
  }
  return rows;
}

async function readSite({ address }: Running, { id, apiKey }: Website): Promise<void> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const { statusCode, body } = await request(`${address}/api/v1/websites/${id}`, { headers });
  await body.dump();
  if (statusCode !== 200) throw new Error(`The website answers ${statusCode}.`);
}
