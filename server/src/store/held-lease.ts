import type { Timers } from '../model/timers.ts';
import { milliseconds } from '../model/units.ts';
import type { Lease, Leases } from './ports/leases.ts';

// Others take over soon after this time when the holder dies: within five seconds, with the pauses between their looks.
export const leaseTtl = milliseconds(4000);
// Three renewals may fail or be late, as on a busy machine, before it expires.
const renewEvery = milliseconds(1000);

/** A lease that is renewed until it is disposed of, and then released. */
export class HeldLease implements AsyncDisposable {
  readonly lease: Lease;
  readonly #leases: Leases;
  readonly #renewing: Disposable;
  readonly #work = new Set<Promise<unknown>>();
  #isReleased = false;

  /** @param lease acquired just now, for `leaseTtl`. */
  constructor(leases: Leases, lease: Lease, timers: Timers) {
    this.#leases = leases;
    this.lease = lease;
    // A renewal that failed, or found another holder, needs no answer: the store refuses what a late holder writes.
    this.#renewing = timers.every(renewEvery, () => void leases.renew(lease, leaseTtl).catch(() => {}));
  }

  /** Undefined while another holder has it. @throws {StoreUnreachable} */
  static async take(leases: Leases, name: string, timers: Timers): Promise<HeldLease | undefined> {
    const lease = await leases.acquire(name, leaseTtl);
    return lease && new HeldLease(leases, lease, timers);
  }

  /** It is released only after this work too. */
  coverUntilDone(work: Promise<unknown>): void {
    this.#work.add(work);
  }

  /** The store has released it, together with what was written under it. */
  wasReleased(): void {
    this.#isReleased = true;
    this.#renewing[Symbol.dispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#work);
    this.#renewing[Symbol.dispose]();
    if (!this.#isReleased) await this.#leases.release(this.lease).catch(() => {}); // it expires by itself
  }
}
