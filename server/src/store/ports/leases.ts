import type { Milliseconds } from '../../model/units.ts';

/** The right to do one piece of work, until it is given back, runs out, or is taken over after it ran out. */
export interface Lease {
  readonly name: string;
  /** Random: it names this acquisition, and no process. */
  readonly holder: string;
}

/** Work that one process does for all of them. The store's clock is the clock, whatever the time is where it is used. */
export interface Leases {
  /** The lease, unless somebody holds it. It runs out after `ttl`, so that a holder that died holds up nobody for longer. */
  acquire(name: string, ttl: Milliseconds): Promise<Lease | undefined>;
  /**
   * It runs out `ttl` from now. Gives false where another holder has it by now: what is done under it is worth nothing.
   */
  renew(lease: Lease, ttl: Milliseconds): Promise<boolean>;
  /** Gives it back; without effect where another holder has it by now. */
  release(lease: Lease): Promise<void>;
}
