import { Kysely } from 'kysely';
import type { Clock } from '../../model/units.ts';
import type { DataFolder } from '../data-folder.ts';
import type { PictureStorage } from '../ports/pictures.ts';
import type { Store } from '../ports/store.ts';
import { auditRecords } from '../sql/audit.ts';
import { costs } from '../sql/costs.ts';
import { keyCheckOf } from '../sql/key-check.ts';
import { limits } from '../sql/limits.ts';
import { links } from '../sql/links.ts';
import { nodeReports } from '../sql/node-reports.ts';
import { probeRequests } from '../sql/probe-requests.ts';
import type { SharedSchema } from '../sql/schema.ts';
import { warmups } from '../sql/warmups.ts';
import { webhooks } from '../sql/webhooks.ts';
import { activity } from './activity/activity.ts';
import { cardRecords } from './cards/cards.ts';
import { openChangeLog } from './changes/change-log.ts';
import { nodeLeaseMs } from './changes/nodes.ts';
import { databaseNow, SharedClock, statementTime, timeOf } from './clock.ts';
import type { DatabaseAddress } from './connection/address.ts';
import { Database } from './connection/database.ts';
import { defaultConnections } from './connection/pool.ts';
import { leases } from './leases.ts';
import { measure } from './measure.ts';
import { migrate } from './migrate.ts';
import { dialectOf } from './people/dialect.ts';
import { firstAccountOf } from './people/first-account.ts';
import { invitationsOf } from './people/invitations.ts';
import { membershipsOf } from './people/members.ts';
import { checkDatabase } from './start-checks.ts';
import { evict } from './sweep/evict.ts';
import { removeVoid } from './sweep/remove-void.ts';
import { removePictures } from './sweep/removed-pictures.ts';
import { websites } from './websites/websites.ts';

export interface PostgresOptions {
  readonly address: DatabaseAddress;
  readonly pictures: PictureStorage;
  /** Where this machine keeps its own files; a command may have none. */
  readonly folder?: Pick<DataFolder, 'check'> | undefined;
  /** The machine's clock. */
  readonly clock: Clock;
  readonly pagesPerWebsite: number;
  /** Whether this process keeps in memory what others change; a command does not. */
  readonly follows: boolean;
  readonly connections?: number;
  /** For tests: how long memory is trusted without the database, and the database's time. */
  readonly nodeLeaseMs?: number;
  readonly databaseClock?: Clock;
}

/**
 * The store of several machines: records in Postgres, pictures wherever they are given. Checks the database and brings its
 * tables up to date first.
 * @throws {Error} with one line that names the setting, what is wrong and how to mend it.
 */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const { address } = options;
  await checkDatabase(address, () => Date.now());
  await migrate(address.directUrl ?? address.url);
  return postgresStore(options);
}

/** The store in a database that is checked and up to date. */
export async function postgresStore(options: PostgresOptions): Promise<Store> {
  const { address, pictures, clock: machine, pagesPerWebsite, follows } = options;
  const directUrl = address.directUrl ?? address.url;
  await using parts = new AsyncDisposableStack();
  parts.use(pictures);
  const now = options.databaseClock === undefined ? databaseNow : timeOf(options.databaseClock);
  const clock = new SharedClock(machine);
  const db = new Database(address, options.connections ?? defaultConnections);
  parts.defer(() => db.close());
  const leaseMs = options.nodeLeaseMs ?? nodeLeaseMs;
  const changes = parts.use(await openChangeLog({ db, now, clock, directUrl, leaseMs, follows }));
  const dialect = dialectOf(db);
  const shared = new Kysely<SharedSchema>({ dialect });
  const opened = parts.move();

  return {
    cards: cardRecords({ db, pictures, now, pagesPerWebsite }),
    pictures,
    websites: websites(db, changes),
    activity: activity(db, { now, pagesPerWebsite }),
    changes,
    leases: leases(db, now),
    members: { ...membershipsOf(db), ...invitationsOf(db), ...firstAccountOf(db) },
    accounts: { dialect, type: 'postgres' },
    warmups: warmups(shared),
    links: links(shared),
    keyCheck: keyCheckOf(shared),
    limits: limits(shared, options.databaseClock === undefined ? statementTime : now),
    webhooks: webhooks(shared),
    probeRequests: probeRequests(shared),
    audit: auditRecords(shared),
    costs: costs(shared),
    nodeReports: nodeReports(shared),
    clock: options.databaseClock ?? clock,

    async sweep(budget, time) {
      const voided = await removeVoid(db, time);
      const evicted = await evict(db, budget);
      const picturesRemoved = await removePictures(db, pictures, time, now);
      return { recordsRemoved: voided + evicted.removed, picturesRemoved, bytesKept: evicted.bytes };
    },

    async check() {
      await changes.check();
      await options.folder?.check();
      await pictures.check();
    },

    measure: () => measure(db),

    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
