import type { Clock } from '../../model/units.ts';
import type { PictureFiles } from '../files/pictures.ts';
import type { Store } from '../ports/store.ts';
import { activity } from './activity/activity.ts';
import { cardRecords } from './cards/cards.ts';
import { changeLog } from './changes/change-log.ts';
import type { Database } from './database.ts';
import { dialectOf } from './people/dialect.ts';
import { firstAccountOf } from './people/first-account.ts';
import { invitationsOf } from './people/invitations.ts';
import { membershipsOf } from './people/members.ts';
import { sweep } from './sweep/sweep.ts';
import { websites } from './websites/websites.ts';

/** The store of one machine: records in SQLite, pictures in files. */
export function sqliteStore(db: Database, files: PictureFiles, clock: Clock, pagesPerWebsite: number): Store {
  const changes = changeLog(db, clock);
  return {
    cards: cardRecords({ db, files, clock, pagesPerWebsite }),
    pictures: files,
    websites: websites({ db, clock, changes }),
    activity: activity(db),
    changes,
    members: { ...membershipsOf(db), ...invitationsOf(db), ...firstAccountOf(db) },
    accounts: { dialect: dialectOf(db), type: 'sqlite' },

    sweep: (budget, now) => sweep(db, files, budget, now),

    async check() {
      await files.check();
      db.transaction(() => db.first(db.query.selectFrom('websites').select('id').limit(1)));
    },

    async [Symbol.asyncDispose]() {
      db.close();
    },
  };
}
