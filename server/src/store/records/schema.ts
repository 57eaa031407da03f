import type { Generated } from 'kysely';
import type { Role } from '../../model/identity.ts';

/**
 * The tables that every database of records has, after its newest migration. Times are milliseconds since the epoch, sizes are bytes.
 */
export interface Tables {
  websites: {
    id: Generated<number>;
    origin: string;
    connection: string;
    /** The key it was created with. */
    public_key: string;
    /** JSON of WebsiteSettings. */
    settings: string;
    created_at: number;
    /** The proven custom host name and who proved it (`ProvenHost`); null without one. */
    own_host: string | null;
    own_host_by: string | null;
  };
  /** Every key of a website; revoked ones stay, so that they are recognised. */
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
    /** The purge version of the newest card kept of the page: purges up to it were followed by a fetch. */
    kept_version: number;
    /** When one of its cards was last requested or kept. */
    asked_at: number;
    /** When one of its cards was last rendered; 0 if never. */
    drawn_at: Generated<number>;
    /** Of the last kept response; 0 if a purge made it void. */
    fresh_until: Generated<number>;
    /** Requests for its cards. */
    requests: Generated<number>;
    /** When it last failed, and when it last worked; 0 if never. The later one counts, whichever was written first. */
    failed_at: Generated<number>;
    worked_at: Generated<number>;
    /** 1 if the page is gone. */
    gone: Generated<number>;
    /** JSON of MetaTag[], the tags of the document; null if unknown. */
    tags: string | null;
    /** Of the document, as lists show it; null if unknown. */
    title: string | null;
  };
  /** Requests for a page's cards, by consumer. */
  page_requests: {
    page_id: number;
    consumer: string;
    requests: number;
  };
  /** What a website's cards cost and gave, per day. */
  usage: {
    website_id: number;
    /** Days since the epoch, UTC. */
    day: number;
    consumer: string;
    requests: number;
    hits: number;
    /** Of these, old cards because the renewal took too long. */
    slow: Generated<number>;
    /** Answered with a kept card after the site was asked. */
    checked: Generated<number>;
    renders: number;
    revalidations: number;
    fetches: number;
    failures: number;
  };
  /** Number of renders per bucket of render times. */
  render_times: {
    website_id: number;
    day: number;
    bucket: number;
    count: number;
  };
  /** As `usage` and `render_times`, per hour since the epoch, UTC. */
  hourly_usage: Omit<Tables['usage'], 'day'> & { hour: number };
  hourly_render_times: Omit<Tables['render_times'], 'day'> & { hour: number };
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
    /** `policy.receivedAt`: of two cards with the same id, the one of the newer response is kept. */
    received_at: number;
    asked_at: number;
  };
  /** The newest purge of each scope; a card is void if one that covers it has a `seq` above the card's `purge_version`. */
  purges: {
    website_id: number;
    kind: 'page' | 'prefix' | 'website';
    /** The target or prefix; empty for a whole website. */
    value: string;
    seq: number;
    at: number;
    /** 1 once every void card has been removed: none can follow. */
    swept: number;
    /** Which change of settings it came with, a sentence; null for a purge that was asked for. */
    why: string | null;
    /** JSON of Actor: who asked for it or changed the setting; null where that was not told. */
    actor: string | null;
  };
  /** The change log for other processes; `seq` orders all purges of all websites. */
  changes: {
    seq: Generated<number>;
    website_id: number;
    /** `changed`: the website's record or keys changed; otherwise the scope of a purge. */
    kind: 'changed' | 'page' | 'prefix' | 'website';
    /** The target or prefix of a purge; for a changed website, its custom host name. */
    value: string;
  };
  /** Jobs that one process does for all: the holder, and until when. */
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
  /** Each member's role per website. */
  memberships: {
    website_id: number;
    person_id: string;
    role: Role;
    created_at: number;
  };
  /** Links that let a person join a website, until used. */
  invitations: {
    id: Generated<number>;
    website_id: number;
    role: Role;
    /** SHA-256 of the link's token. */
    token_hash: string;
    /** Null if made with a website's key. */
    created_by: string | null;
    created_at: number;
    expires_at: number;
  };
  /** At most one row: the first account. */
  first_account: {
    id: number;
    /** Null while the account is being created. */
    person_id: string | null;
    claimed_at: number;
  };
}
