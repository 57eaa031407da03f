import { bad, type Finding, good, hint } from './check.ts';

const MB = 1_000_000;
// A database grows and pictures come; with less, the service is soon full.
const leastFreeMB = 500;

export interface Disk {
  /** Bytes. */
  readonly free: number;
  /** Bytes of the pictures that are kept, and what they may take. */
  readonly kept: number;
  readonly budget: number;
  readonly place: string;
}

/** Pure. */
export function diskFinding({ free, kept, budget, place }: Disk): Finding {
  const freeMB = Math.floor(free / MB);
  const says = `${freeMB} MB free for ${place}`;
  if (freeMB < leastFreeMB) return bad(says, `Free some space: the service needs at least ${leastFreeMB} MB.`);
  if (free + kept < budget) {
    const lower = Math.floor((free + kept) / 2 / MB);
    return hint(
      `${says}, less than the kept pictures may still need (OGPLUS_DISK_BUDGET_MB, ${budget / MB} MB)`,
      `Free some space, or let the service keep less: OGPLUS_DISK_BUDGET_MB=${lower}`,
    );
  }
  return good(says);
}
