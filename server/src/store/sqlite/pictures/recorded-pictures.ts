import type { Picture } from '../../../model/picture.ts';
import type { EpochMs } from '../../../model/units.ts';
import type { Pictures } from '../../ports/pictures.ts';

/** Pictures whose records are in SQLite. */
export interface RecordedPictures extends Pictures {
  /**
   * In the transaction that writes its record: whether a sweep may have removed the bytes since they were written. They
   * are then written again.
   */
  isLost(picture: Picture): boolean;
  /** Removes pictures without a record. Returns how many. */
  sweep(now: EpochMs): Promise<number>;
}
