import { Kysely, sql } from 'kysely';
import { SteadyTime } from '../../model/steady-time.ts';
import type { Clock } from '../../model/units.ts';
import type { DataFolder } from '../data-folder.ts';
import { PictureFiles } from '../files/pictures.ts';
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
import { changeLog } from './changes/change-log.ts';
import type { Database } from './database.ts';
import { leases } from './leases.ts';
import { measure } from './measure.ts';
import { dialectOf } from './people/dialect.ts';
import { firstAccountOf } from './people/first-account.ts';
import { invitationsOf } from './people/invitations.ts';
import { membershipsOf } from './people/members.ts';
import { picturesElsewhere } from './pictures/pictures-elsewhere.ts';
import { picturesInFiles } from './pictures/pictures-in-files.ts';
import { sweep } from './sweep/sweep.ts';
import { websites } from './websites/websites.ts';

export interface SqliteOptions {
  readonly db: Database;
  readonly pictures: PictureStorage;
  readonly folder: DataFolder;
  readonly clock: Clock;
  readonly pagesPerWebsite: number;
}

/** The store of one machine: records in SQLite, pictures in files or in a bucket. */
export function sqliteStore({ db, pictures: storage, folder, clock, pagesPerWebsite }: SqliteOptions): Store {
  const changes = changeLog(db, clock);
  const dialect = dialectOf(db);
  const shared = new Kysely<SharedSchema>({ dialect });
  const time = new SteadyTime();
  const pictures =
    storage instanceof PictureFiles ? picturesInFiles(db, storage) : picturesElsewhere(db, storage, clock);
  const held = leases(db, clock);
  return {
    cards: cardRecords({ db, pictures, clock, changes, leases: held, pagesPerWebsite }),
    pictures,
    websites: websites({ db, clock, changes }),
    activity: activity(db, { clock, pagesPerWebsite }),
    changes,
    leases: held,
    members: { ...membershipsOf(db), ...invitationsOf(db), ...firstAccountOf(db) },
    accounts: { dialect, type: 'sqlite' },
    warmups: warmups(shared),
    links: links(shared),
    keyCheck: keyCheckOf(shared),
    limits: limits(shared, () => sql<number>`${time.at(clock.now())}`),
    webhooks: webhooks(shared),
    probeRequests: probeRequests(shared),
    audit: auditRecords(shared),
    costs: costs(shared),
    nodeReports: nodeReports(shared),
    clock,

    sweep: (budget, now) => sweep(db, pictures, budget, now),

    async check() {
      await folder.check();
      await storage.check();
      db.first(db.query.selectFrom('websites').select('id').limit(1));
    },

    measure: async () => measure(db, folder.database),

    async [Symbol.asyncDispose]() {
      await storage[Symbol.asyncDispose]();
      db.close();
    },
  };
}
