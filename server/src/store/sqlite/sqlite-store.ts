import { Kysely } from 'kysely';
import type { Clock } from '../../model/units.ts';
import type { DataFolder } from '../data-folder.ts';
import type { PictureFiles } from '../files/pictures.ts';
import type { Store } from '../ports/store.ts';
import type { SharedSchema } from '../sql/schema.ts';
import { warmups } from '../sql/warmups.ts';
import { activity } from './activity/activity.ts';
import { cardRecords } from './cards/cards.ts';
import { changeLog } from './changes/change-log.ts';
import type { Database } from './database.ts';
import { leases } from './leases.ts';
import { dialectOf } from './people/dialect.ts';
import { firstAccountOf } from './people/first-account.ts';
import { invitationsOf } from './people/invitations.ts';
import { membershipsOf } from './people/members.ts';
import { sweep } from './sweep/sweep.ts';
import { websites } from './websites/websites.ts';

export interface SqliteOptions {
  readonly db: Database;
  readonly files: PictureFiles;
  readonly folder: DataFolder;
  readonly clock: Clock;
  readonly pagesPerWebsite: number;
}

/** The store of one machine: records in SQLite, pictures in files. */
export function sqliteStore({ db, files, folder, clock, pagesPerWebsite }: SqliteOptions): Store {
  const changes = changeLog(db, clock);
  const dialect = dialectOf(db);
  const shared = new Kysely<SharedSchema>({ dialect });
  return {
    cards: cardRecords({ db, files, clock, pagesPerWebsite }),
    pictures: files,
    websites: websites({ db, clock, changes }),
    activity: activity(db, { clock, pagesPerWebsite }),
    changes,
    leases: leases(db, clock),
    members: { ...membershipsOf(db), ...invitationsOf(db), ...firstAccountOf(db) },
    accounts: { dialect, type: 'sqlite' },
    warmups: warmups(shared),
    clock,

    sweep: (budget, now) => sweep(db, files, budget, now),

    async check() {
      await folder.check();
      db.first(db.query.selectFrom('websites').select('id').limit(1));
    },

    async [Symbol.asyncDispose]() {
      db.close();
    },
  };
}
