import type { Cards } from './cards/cards.ts';
import type { Clock } from './model/units.ts';
import type { Store } from './store/ports/store.ts';
import type { OwnHosts } from './websites/own-hosts.ts';

export interface HousekeepingOptions {
  readonly store: Store;
  readonly cards: Cards;
  readonly ownHosts: OwnHosts;
  readonly clock: Clock;
  readonly diskBudgetBytes: number;
  readonly log: { info(facts: object, message: string): void; warn(facts: object, message: string): void };
}

// A crash forgets so much of the order of eviction and of what was decided.
const writeEveryMs = 5000;
// Between two sweeps the disk may be over its budget by what is drawn in that time.
const sweepEveryMs = 5 * 60_000;

// A record that was just made is seen within about this, by whoever kept the word that there was none.
const proveEveryMs = 5 * 60_000;

/** Work that no request waits for: decisions, the order of eviction, and the sweep. */
export function startHousekeeping(options: HousekeepingOptions): Disposable {
  const { store, cards, ownHosts, clock, diskBudgetBytes, log } = options;
  const failed = (error: unknown) => log.warn({ err: error }, 'housekeeping failed; it is tried again');
  let sweeping = false;
  const sweep = async () => {
    if (sweeping) return;
    sweeping = true;
    try {
      const result = await store.sweep(diskBudgetBytes, clock.now());
      if (result.recordsRemoved > 0 || result.picturesRemoved > 0) log.info(result, 'swept');
    } finally {
      sweeping = false;
    }
  };
  const writing = setInterval(() => cards.writeDown().catch(failed), writeEveryMs).unref();
  const sweeps = setInterval(() => sweep().catch(failed), sweepEveryMs).unref();
  const proofs = setInterval(() => ownHosts.checkAll().catch(failed), proveEveryMs).unref();
  return {
    [Symbol.dispose]() {
      clearInterval(writing);
      clearInterval(sweeps);
      clearInterval(proofs);
    },
  };
}
