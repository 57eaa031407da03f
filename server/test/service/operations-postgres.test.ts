import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Static } from 'typebox';
import type { ServiceStatus } from '../../src/http/api/schemas/service.ts';
import { firstAccountTokenOf } from '../../src/websites/keys.ts';
import { Client, join, type SignedIn } from '../harness/people.ts';
import { startPostgres, type TestPostgres } from '../harness/postgres.ts';
import { type Relay, startRelay } from '../harness/relay.ts';
import { startTestService, type TestService } from '../harness/service.ts';
import { until } from '../harness/until.ts';

type Status = Static<typeof ServiceStatus>;

const key = randomBytes(32);
let postgres: TestPostgres;
let relay: Relay;
let here: TestService;
let owner: SignedIn;

const start = (url: string) =>
  startTestService({
    OGPLUS_DATABASE_URL: url,
    OGPLUS_MASTER_KEY: key.toString('base64url'),
    OGPLUS_RENDERERS: '1',
  });
const statusOf = async (client: Client) => {
  const { status, json, text } = await client.ask('GET', '/api/v1/service');
  assert.equal(status, 200, text);
  return json as unknown as Status;
};

let direct: string;
before(async () => {
  postgres = await startPostgres();
  relay = await startRelay(postgres.port);
  direct = postgres.url(await postgres.createDatabase());
  here = await start(direct.replace(`:${postgres.port}/`, `:${relay.port}/`));
  owner = await join(here, 'ada', firstAccountTokenOf(key));
});
after(async () => {
  relay?.release();
  await here?.[Symbol.asyncDispose]();
  await relay?.[Symbol.asyncDispose]();
  await postgres?.[Symbol.asyncDispose]();
});

describe('the status of several nodes on Postgres', () => {
  it('has each node that is alive, and not one that ended', async () => {
    const alone = await statusOf(owner);
    assert.equal(alone.database.kind, 'postgres');
    assert.match(alone.database.version ?? '', /^\d+\.\d+/);
    assert.equal(alone.nodes.length, 1);
    const there = await start(direct);
    await until('it has reported', async () => (await statusOf(owner)).nodes.length === 2);
    const { nodes } = await statusOf(owner);
    assert.deepEqual(
      nodes.map(({ isThis, alive }) => [isThis, alive]),
      [
        [true, true],
        [false, true],
      ],
    );
    assert.equal(nodes[1]?.status?.drawing.places, 1);
    await there[Symbol.asyncDispose]();
    assert.equal((await statusOf(owner)).nodes.length, 1);
  });

  it('says that a node is silent, and since when', async () => {
    const there = await start(direct);
    await until('it has reported', async () => (await statusOf(owner)).nodes.length === 2);
    await postgres.sql('UPDATE node_reports SET at = at - 60000', new URL(direct).pathname.slice(1));
    const { nodes, concerns } = await statusOf(owner);
    assert.deepEqual(
      nodes.map(({ alive }) => alive),
      [true, false],
    );
    assert.match(concerns.map(({ says }) => says).join(), /has not reported since \d{4}-/);
    await there[Symbol.asyncDispose]();
  });
});

describe('the status with the database away', () => {
  it('is still shown to the owner who looked before, and to nobody else, until it is back', async () => {
    await statusOf(owner);
    const another = new Client(here);
    assert.equal((await another.signIn(owner.email)).status, 200);
    const stranger = new Client(here, { cookie: 'ogplus.session_token=made.up' });
    relay.hold();
    relay.cut();
    const away = await statusOf(owner);
    assert.deepEqual([away.database.answers, away.database.latency], [false, null]);
    const [concern] = away.concerns;
    assert.equal(concern?.level, 'bad');
    assert.match(concern?.says ?? '', /^The database does not answer: /);
    assert.equal(away.nodes.length, 1);
    assert.equal((await another.ask('GET', '/api/v1/service')).status, 503);
    assert.equal((await stranger.ask('GET', '/api/v1/service')).status, 401);
    relay.release();
    await until('it is back', async () => (await statusOf(owner)).database.answers);
    assert.equal((await another.ask('GET', '/api/v1/service')).status, 200);
  });
});
