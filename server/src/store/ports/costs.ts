import type { WebsiteId } from '../../model/website.ts';

/** What making a website's cards took, whether cards came of it or not. */
export interface Cost {
  /** Requests to the site for documents. */
  readonly fetches: number;
  readonly drawings: number;
  /** Milliseconds during which a browser was occupied. */
  readonly browserMs: number;
  /** From the site: documents, unpacked, and all that passed the browser's gate, in both directions. */
  readonly bytes: number;
}

export interface CostRow extends Cost {
  readonly websiteId: WebsiteId;
  /** Days since the epoch, UTC. */
  readonly day: number;
}

/** What websites cost, per day, for the owner of the service. */
export interface Costs {
  /** Adds to what is stored. */
  note(rows: readonly CostRow[]): Promise<void>;
  /** Sums of the websites that exist, from `day` on; most browser time first. */
  since(day: number, limit: number): Promise<ReadonlyArray<Cost & { readonly websiteId: WebsiteId }>>;
  /** Removes what is older than `day`. */
  forget(day: number): Promise<void>;
}
