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

// A crash loses this much of the eviction order and decisions.
const writeEveryMs = 5000;
// Between two sweeps, new pictures may exceed the disk budget.
const sweepEveryMs = 5 * 60_000;

// Name servers cache a missing record for about this long.
const proveEveryMs = 5 * 60_000;

/** Background work: decisions, eviction order, and the sweep. */
export function startHousekeeping(options: HousekeepingOptions): Disposable {
  const { store, cards, ownHosts, clock, diskBudgetBytes, log } = options;
  const failed = (error: unknown) => log.warn({ err: error }, 'housekeeping failed; it will be tried again');
  let sweeping = false;
  const sweep = async () => {
    if (sweeping) return;
    sweeping = true;
    try {
      const result = await store.sweep(diskBudgetBytes, clock.now());
      await store.links.forget(clock.now());
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
