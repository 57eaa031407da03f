import type { Milliseconds } from '../../model/units.ts';

/** The right to do one job, until it is released, or expires and another holder takes it. */
export interface Lease {
  readonly name: string;
  /** Random: identifies this acquisition, not a process. */
  readonly holder: string;
}

/** Jobs that one process does for all. The store's clock decides. */
export interface Leases {
  /** The lease, unless another holder has it. It expires after `ttl`, so that a dead holder blocks nobody for longer. */
  acquire(name: string, ttl: Milliseconds): Promise<Lease | undefined>;
  /**
   * Extends it to `ttl` from now. Returns false if another holder has it: work done under it is then discarded.
   */
  renew(lease: Lease, ttl: Milliseconds): Promise<boolean>;
  /** Releases it; does nothing if another holder has it. */
  release(lease: Lease): Promise<void>;
}
