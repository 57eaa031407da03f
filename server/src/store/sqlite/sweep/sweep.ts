import type { EpochMs } from '../../../model/units.ts';
import type { SweepResult } from '../../ports/store.ts';
import type { Database } from '../database.ts';
import type { RecordedPictures } from '../pictures/recorded-pictures.ts';
import { evict } from './evict.ts';
import { removeVoid } from './remove-void.ts';

export async function sweep(
  db: Database,
  pictures: RecordedPictures,
  budget: number,
  now: EpochMs,
): Promise<SweepResult> {
  const voided = await removeVoid(db, now);
  const evicted = await evict(db, budget);
  const picturesRemoved = await pictures.sweep(now);
  return { recordsRemoved: voided + evicted.removed, picturesRemoved, bytesKept: evicted.bytes };
}
