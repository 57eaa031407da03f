import type { Generated } from 'kysely';
import type { Role } from '../../model/identity.ts';

/** The tables, as the newest migration leaves them. Times are milliseconds since the epoch, sizes are bytes. */
export interface Schema {
  websites: {
    id: Generated<number>;
    origin: string;
    connection: string;
    /** The key it was made with. */
    public_key: string;
    /** JSON of WebsiteSettings. */
    settings: string;
    created_at: number;
    /** The host name of its own that is proven, and whose word that is (`ProvenHost`); null without one. */
    own_host: string | null;
    own_host_by: string | null;
    /** How many rows of `pages` it has; triggers count. */
    page_count: Generated<number>;
  };
  /** Every key that a website has or had; one that was revoked stays, so that it is known for what it is. */
  keys: {
    public_key: string;
    website_id: number;
    created_at: number;
    revoked_at: number | null;
  };
  pages: {
    id: Generated<number>;
    website_id: number;
    target: string;
    /** The purge version of the newest thing kept of the page: purges up to it have been answered with a fetch. */
    kept_version: number;
    /** When one of its cards was last asked for or kept. */
    asked_at: number;
    /** When a card of it was last drawn; 0 for a page that never was. */
    drawn_at: Generated<number>;
    /** Of the response that was kept last; 0 where a purge made it void. */
    fresh_until: Generated<number>;
    /** Requests for its cards since it is known. */
    requests: Generated<number>;
    /** When a try failed last, and when one worked last; 0 where none did. The later one counts, whichever was written first. */
    failed_at: Generated<number>;
    worked_at: Generated<number>;
    /** 1 where what is kept is the word that it is gone. */
    gone: Generated<number>;
    /** JSON of MetaTag[]: what the document said of itself; null where nothing is known. */
    tags: string | null;
  };
  /** Requests for a page's cards, by consumer. */
  page_requests: {
    page_id: number;
    consumer: string;
    requests: number;
  };
  /** Finds pages by a part of their target; its rows follow those of `pages`. */
  page_search: {
    rowid: number;
    page_search: string;
  };
  /** What a website's cards cost and gave, by day. */
  usage: {
    website_id: number;
    /** Days since the epoch, UTC. */
    day: number;
    consumer: string;
    requests: number;
    hits: number;
    renders: number;
    revalidations: number;
    fetches: number;
    failures: number;
  };
  /** How long drawings took: how many in each class of times. */
  render_times: {
    website_id: number;
    day: number;
    bucket: number;
    count: number;
  };
  cards: {
    id: Generated<number>;
    page_id: number;
    consumer: string;
    variant: string;
    /** JSON of Outcome. */
    outcome: string;
    /** Null for a page that is gone. */
    picture_hash: string | null;
    picture_size: number;
    /** JSON of ResponseHead and of Policy. */
    head: string;
    policy: string;
    version_tag: string | null;
    response_id: string;
    purge_version: number;
    /** `policy.receivedAt`: of two cards with one id, the one of the newer response stays. */
    received_at: number;
    asked_at: number;
  };
  /** The newest purge of each scope; a card is void where one that covers it has a `seq` above its `purge_version`. */
  purges: {
    website_id: number;
    kind: 'page' | 'prefix' | 'website';
    /** The target or prefix; empty for a whole website. */
    value: string;
    seq: number;
    at: number;
    /** 1 when every card it made void has been removed: none can come after it. */
    swept: number;
  };
  /** What happened, for other processes; `seq` orders all purges of all websites. */
  changes: {
    seq: Generated<number>;
    website_id: number;
    /** `changed`: the website's record or keys changed; otherwise the scope of a purge. */
    kind: 'changed' | 'page' | 'prefix' | 'website';
    /** The target or prefix of a purge; of a website that changed, the host name of its own. */
    value: string;
  };
  /** Work that one process does for all; a row says who, until when. */
  leases: {
    name: string;
    holder: string;
    until: number;
  };
  /** The last decisions of each page. */
  decisions: {
    id: Generated<number>;
    website_id: number;
    target: string;
    /** JSON of Decision. */
    decision: string;
  };
  /** What one may do with a website, for each person who may anything. */
  memberships: {
    website_id: number;
    person_id: string;
    role: Role;
    created_at: number;
  };
  /** Links that let a person join a website, until they are used. */
  invitations: {
    id: Generated<number>;
    website_id: number;
    role: Role;
    /** SHA-256 of the link's token. */
    token_hash: string;
    /** Null where it was made with a website's key. */
    created_by: string | null;
    created_at: number;
    expires_at: number;
  };
  /** One row at most: who was here first. */
  first_account: {
    id: number;
    /** Null while the account is being made. */
    person_id: string | null;
    claimed_at: number;
  };
  /** better-auth's, as its other tables are: what is read of it here. */
  user: { id: string; name: string; email: string; createdAt: string };
  /** SQLite's own: the last id each AUTOINCREMENT table gave out. */
  sqlite_sequence: { name: string; seq: number };
}
