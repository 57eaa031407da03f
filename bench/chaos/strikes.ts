import { setTimeout as pause } from 'node:timers/promises';
import type { TestPostgres } from '../../server/test/harness/postgres.ts';
import type { S3Server } from '../../server/test/harness/s3/s3-server.ts';
import type { Random } from '../siege/random.ts';
import type { Excuses } from './excuses.ts';
import type { Node } from './nodes.ts';

export interface StrikesOptions {
  readonly random: Random;
  readonly postgres: TestPostgres;
  readonly s3: S3Server;
  readonly excuses: Excuses;
  readonly count: (what: string) => void;
  /** Asks the node for a card that nobody has, and resolves when it has fetched the page. */
  readonly startDrawing: (node: Node) => Promise<void>;
  /** Resolves once all nodes that run reach the database and the bucket. */
  readonly allReady: () => Promise<unknown>;
}

/** What befalls nodes, database and bucket, one at a time; what is excused with it is written down. */
export function strikesOf({ random, postgres, s3, excuses, count, startDrawing, allReady }: StrikesOptions) {
  const excused = async (why: string, work: () => Promise<unknown>): Promise<void> => {
    const end = excuses.begin(why);
    await work();
    void allReady().then(end);
  };
  const databaseAway = (why: string, work: () => Promise<unknown>) => excused(`the database is away: ${why}`, work);
  // The clock of one that is started now is right, until it is set.
  const start = (node: Node) => node.start(random.one([-3_600_000, 3_600_000]));
  const kill = async (node: Node) => {
    excuses.note('the maker may have been killed');
    await node.end('SIGKILL');
    await pause(random.below(3000));
    await start(node);
  };

  const strikes: Readonly<Record<string, (node: Node) => Promise<void>>> = {
    'a node is killed': kill,
    'a node is killed while it draws': async (node) => {
      await startDrawing(node);
      await pause(random.below(150));
      await kill(node);
    },
    'a node is frozen': async (node) => {
      const end = excuses.begin('the maker may have been frozen');
      node.freeze();
      await pause(500 + random.below(5000));
      node.thaw();
      void allReady().then(end);
    },
    'a node is stopped': async (node) => {
      await node.end('SIGTERM');
      await start(node);
    },
    "a node's clock is set by an hour": async (node) => node.setClock(),
    'a node is cut off from the database': (node) =>
      databaseAway('a node is cut off', async () => {
        node.way.hold();
        await pause(500 + random.below(5000));
        node.way.release();
      }),
    "a node's connections are closed": (node) => databaseAway('connections are closed', async () => node.way.cut()),
    'the database is frozen': () =>
      databaseAway('it is frozen', async () => {
        postgres.freeze();
        await pause(500 + random.below(5000));
        postgres.thaw();
      }),
    'the database is restarted': () =>
      databaseAway('it is restarted', async () => {
        await postgres.stop(random.one(['fast', 'immediate']));
        await postgres.start();
      }),
    'the bucket fails': () =>
      excused('the bucket is away', async () => {
        const how = random.one(['unavailable', 'hang', 'cut', 'slow'] as const);
        s3.misbehave = () => {
          count(`the bucket's answers: ${how}`);
          return how;
        };
        await pause(1000 + random.below(4000));
        s3.misbehave = () => undefined;
      }),
  };
  return strikes;
}
