import type { EpochMs } from '../../model/units.ts';

/** What a node said of itself last. */
interface NodeReport {
  readonly id: string;
  readonly at: EpochMs;
  /** JSON. */
  readonly report: string;
}

/** The processes that serve with this store, as each tells the others about itself. */
export interface NodeReports {
  /** Replaces the node's last report. */
  tell(report: NodeReport): Promise<void>;
  /** Of all nodes, by id. */
  all(): Promise<NodeReport[]>;
  remove(id: string): Promise<void>;
  /** Removes reports from before then: of nodes that ended without removing theirs. */
  forget(before: EpochMs): Promise<void>;
}
