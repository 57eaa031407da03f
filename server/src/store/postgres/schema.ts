import type { Tables } from '../records/schema.ts';

/** The tables in Postgres after the newest migration. */
export interface Schema extends Tables {
  websites: Tables['websites'] & {
    /** The custom host name that its settings claim; null without one. */
    wanted_host: string | null;
    /** The picture that its settings name as the fallback; null without one. */
    fallback_hash: string | null;
  };
  /** Number of a website's rows in `pages`, maintained by triggers; apart, so that keeping a page locks no website. */
  page_counts: { website_id: number; count: number };
  /** One row: the version of the newest change. Each change adds one, so that versions follow the order of commits. */
  change_counter: { id: number; seq: number };
  /** The processes that follow changes: until when each may trust its memory, and up to which version it has. */
  nodes: {
    id: string;
    until: number;
    acknowledged: number;
  };
  /** Pictures whose bytes a sweep removed: a card that was about to refer to one stores it again. */
  removed_pictures: { hash: string; at: number };
  user: { id: string; name: string; email: string; createdAt: Date };
}
