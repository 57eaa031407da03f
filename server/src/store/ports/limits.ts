import type { Milliseconds } from '../../model/units.ts';

/** Rates that hold for all processes together. */
export interface Limits {
  /**
   * Adds to what all processes took of each key's quota, and tells how far it is used.
   * @param taken how much longer it takes until the quota is whole again; negative where something is given back.
   * @returns how long it takes until each key's quota is whole again, if nothing more is taken.
   */
  settle(taken: ReadonlyMap<string, Milliseconds>): Promise<Map<string, Milliseconds>>;
  /** Removes what is whole again. */
  sweep(): Promise<void>;
}
