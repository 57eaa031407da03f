import type { Cards } from './cards/cards.ts';
import type { Log } from './model/log.ts';
import { systemTimers } from './model/timers.ts';
import { type Clock, type EpochMs, milliseconds } from './model/units.ts';
import { dayOf } from './model/utc.ts';
import { onceForAll } from './store/once-for-all.ts';
import type { Store } from './store/ports/store.ts';
import type { Costs } from './usage/costs.ts';
import type { AuditLog } from './websites/audit/audit-log.ts';
import type { OwnHosts } from './websites/own-hosts.ts';

export interface HousekeepingOptions {
  readonly store: Store;
  readonly cards: Cards;
  readonly costs: Costs;
  readonly ownHosts: OwnHosts;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly diskBudgetBytes: number;
  readonly log: Log;
}

// A crash loses this much of the eviction order and decisions, and other processes do not know of it for as long. Decisions that a
// `304` confirmed a card wait for five times as long.
const writeEveryMs = 1000;
// Between two sweeps, new pictures may exceed the disk budget.
const sweepEvery = milliseconds(5 * 60_000);

// Name servers cache a missing record for about this long.
const proveEvery = milliseconds(5 * 60_000);

// Of what websites cost; a month is shown.
const keptDays = 100;

export interface Housekeeping extends Disposable {
  /** What the last sweep of this process found; null before the first. */
  readonly swept: { readonly pictureBytes: number; readonly at: EpochMs } | null;
}

/** Background work: decisions, eviction order, and the sweep. */
export function startHousekeeping(options: HousekeepingOptions): Housekeeping {
  let swept: Housekeeping['swept'] = null;
  const { store, cards, costs, ownHosts, audit, clock, diskBudgetBytes, log } = options;
  const failed = (error: unknown) => log.warn({ err: error }, 'housekeeping failed; it will be tried again');
  const sweep = onceForAll(store.leases, systemTimers, 'sweep', sweepEvery, async () => {
    const result = await store.sweep(diskBudgetBytes, clock.now());
    await store.links.forget(clock.now());
    swept = { pictureBytes: result.bytesKept, at: clock.now() };
    await store.limits.sweep();
    await audit.sweep();
    await store.costs.forget(dayOf(clock.now()) - keptDays);
    if (result.recordsRemoved > 0 || result.picturesRemoved > 0) log.info(result, 'swept');
  });
  const prove = onceForAll(store.leases, systemTimers, 'prove hosts', proveEvery, () => ownHosts.checkAll());
  const write = () => Promise.all([cards.writeDown(false), costs.write(), audit.write()]);
  const writing = setInterval(() => write().catch(failed), writeEveryMs).unref();
  const sweeps = setInterval(() => sweep().catch(failed), sweepEvery).unref();
  const proofs = setInterval(() => prove().catch(failed), proveEvery).unref();
  return {
    get swept() {
      return swept;
    },
    [Symbol.dispose]() {
      clearInterval(writing);
      clearInterval(sweeps);
      clearInterval(proofs);
    },
  };
}
