import type { Clock } from '../../../model/units.ts';
import type { PictureStorage } from '../../ports/pictures.ts';
import type { Database } from '../database.ts';
import { hasRecord } from './has-record.ts';
import type { RecordedPictures } from './recorded-pictures.ts';

// A picture is written moments before its record: a younger one may still get its record.
const settledAfterMs = 5 * 60_000;
// Longer than a removal can take; after it, whoever removed the picture died.
const longestRemovalMs = 60_000;
// Between the storing of a picture and its record.
const rememberedMs = 3_600_000;

/**
 * Pictures in a storage elsewhere, which no transaction covers: a removal is written down before it begins and when it
 * has ended, and a card whose picture was removed meanwhile is not kept before the bytes are written again.
 */
export function picturesElsewhere(db: Database, storage: PictureStorage, clock: Clock): RecordedPictures {
  const { query } = db;
  const begin = (hash: string, at: number) =>
    db.transaction(() => {
      if (hasRecord(db, hash)) return false;
      db.run(query.replaceInto('removed_pictures').values({ hash, at, done: 0 }));
      return true;
    });
  const end = (hash: string) =>
    db.run(query.updateTable('removed_pictures').set({ done: 1, at: clock.now() }).where('hash', '=', hash));

  return {
    read: (picture) => storage.read(picture),
    write: (picture, bytes) => storage.write(picture, bytes),

    isLost({ hash }) {
      const removal = db.first(query.selectFrom('removed_pictures').selectAll().where('hash', '=', hash));
      if (removal === undefined) return false;
      const isOver = removal.done === 1 || Math.abs(clock.now() - removal.at) > longestRemovalMs;
      // Asked once more, after the bytes were written again.
      if (isOver) db.run(query.deleteFrom('removed_pictures').where('hash', '=', hash));
      return true;
    },

    async sweep(now) {
      let removed = 0;
      for await (const { hash, writtenAt } of storage.entries()) {
        if (now - writtenAt < settledAfterMs || hasRecord(db, hash) || !begin(hash, clock.now())) continue;
        try {
          await storage.remove(hash);
        } finally {
          end(hash);
        }
        removed++;
      }
      db.run(query.deleteFrom('removed_pictures').where('at', '<', clock.now() - rememberedMs));
      return removed;
    },
  };
}
