import type { Row } from '../statistics.ts';
import { onPostgresAndS3, type Place, type Running, startService } from './places.ts';

const cards = 48;
const requests = 1000;

export interface CountingOrigin {
  readonly url: string;
  /** Documents that it was asked for. */
  readonly fetches: () => number;
}

/** A thousand requests at once for one cold card, spread over four nodes. */
export async function benchOneCard({ url, fetches }: CountingOrigin): Promise<Row[]> {
  await using place = await onPostgresAndS3();
  await using parts = new AsyncDisposableStack();
  const website = await place.makeWebsite(url);
  const nodes = await startNodes(place, 4, parts);
  for (const [n, node] of nodes.entries()) await node.card(website, `/kept/warm-${n}`);
  const seen: string[] = [];
  for (let round = 0; round < 5; round++) {
    const before = { fetches: fetches(), renders: await rendersOf(nodes) };
    const all = Array.from({ length: requests }, (_, n) =>
      nodes[n % nodes.length]?.card(website, `/kept/one-${round}`),
    );
    await Promise.all(all);
    seen.push(`${fetches() - before.fetches} and ${(await rendersOf(nodes)) - before.renders}`);
  }
  const ours = [...new Set(seen)].join('; ');
  const what = `fetches and renders of ${requests} requests at once for one cold card, four nodes, five times`;
  return [{ what, ours, theirs: '', ratio: '', aim: '1 and 1' }];
}

function startNodes(place: Place, count: number, parts: AsyncDisposableStack): Promise<Running[]> {
  const start = async (number: number) => parts.use(await startService(place.env(number)));
  return Promise.all(Array.from({ length: count }, (_, number) => start(number)));
}

async function rendersOf(nodes: readonly Running[]): Promise<number> {
  return (await Promise.all(nodes.map((node) => node.renders()))).reduce((sum, each) => sum + each, 0);
}

/** Cold cards on one, two and four nodes: the work for each card, and how long it takes. */
export async function benchGrowth(origin: string): Promise<Row[]> {
  await using place = await onPostgresAndS3();
  const website = await place.makeWebsite(origin);
  const rows: Row[] = [];
  for (const count of [1, 2, 4]) {
    await using parts = new AsyncDisposableStack();
    const nodes = await startNodes(place, count, parts);
    for (const [n, node] of nodes.entries())
      for (let warm = 0; warm < 3; warm++) await node.card(website, `/kept/warm-${count}-${n}-${warm}`);
    const work = () => nodes.map((node) => node.cpu()).reduce((sum, { node, browsers }) => sum + node + browsers, 0);
    const [before, stores] = [work(), place.cpu()];
    let [next, waited] = [0, 0];
    const lane = async (node: Running) => {
      while (next < cards) {
        const began = performance.now();
        await node.card(website, `/kept/growth-${count}-${next++}`);
        waited += performance.now() - began;
      }
    };
    const began = performance.now();
    await Promise.all(nodes.flatMap((node) => [lane(node), lane(node)]));
    const took = performance.now() - began;
    const after = place.cpu();
    const [own, database] = [work() - before, after.database - stores.database];
    const per = (ms: number) => (ms / cards).toFixed(0);
    rows.push({
      what: `cold cards a second, ${count} ${count === 1 ? 'node' : 'nodes'}, two requests at a time each`,
      ours: (cards / (took / 1000)).toFixed(1),
      theirs: `for each card ${per(own)} ms of CPU time in the nodes and their browsers, ${(database / cards).toFixed(1)} in Postgres; answered after ${per(waited)} ms`,
      ratio: `${((own + database + after.bucket - stores.bucket) / took).toFixed(2)} cores used`,
      aim: '',
    });
  }
  return rows;
}
