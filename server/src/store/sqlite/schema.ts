import type { Generated } from 'kysely';
import type { Role } from '../../model/identity.ts';
import { accountTables } from './account-tables.ts';

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
    /** The mark of the newest thing kept of the page: purges up to it have been answered with a fetch. */
    kept_mark: number;
    /** When one of its cards was last asked for or kept. */
    asked_at: number;
    /** When a card of it was last drawn; 0 for a page that never was. */
    drawn_at: Generated<number>;
    /** Of the response that was kept last; 0 where a purge made it void. */
    fresh_until: Generated<number>;
    /** Requests for its cards since it is known. */
    requests: Generated<number>;
    /** When the last try failed; 0 where it did not. */
    failed_at: Generated<number>;
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
    response: string;
    policy: string;
    version_tag: string | null;
    response_id: string;
    mark: number;
    asked_at: number;
  };
  /** The newest purge of each scope; a card is void where one that covers it has a `seq` above the card's mark. */
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
    /** `website`: its record changed; otherwise the scope of a purge. */
    kind: 'changed' | 'page' | 'prefix' | 'website';
    value: string;
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

/** Each step once, in order; `PRAGMA user_version` says how many have been taken. Never change one that was released. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE websites (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    origin TEXT NOT NULL UNIQUE,
    connection TEXT NOT NULL UNIQUE,
    public_key TEXT NOT NULL UNIQUE,
    settings TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    website_id INTEGER NOT NULL,
    target TEXT NOT NULL,
    kept_mark INTEGER NOT NULL,
    UNIQUE (website_id, target)
  ) STRICT;
  CREATE TABLE cards (
    id INTEGER PRIMARY KEY,
    page_id INTEGER NOT NULL,
    consumer TEXT NOT NULL,
    variant TEXT NOT NULL,
    outcome TEXT NOT NULL,
    picture_hash TEXT,
    picture_size INTEGER NOT NULL,
    response TEXT NOT NULL,
    policy TEXT NOT NULL,
    version_tag TEXT,
    response_id TEXT NOT NULL,
    mark INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    UNIQUE (page_id, consumer, variant)
  ) STRICT;
  CREATE INDEX cards_by_picture ON cards (picture_hash, picture_size);
  CREATE INDEX cards_by_asked ON cards (asked_at);
  CREATE TABLE purges (
    website_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    swept INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (website_id, kind, value)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    website_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    website_id INTEGER NOT NULL,
    target TEXT NOT NULL,
    decision TEXT NOT NULL
  ) STRICT;
  CREATE INDEX decisions_by_page ON decisions (website_id, target);
  `,
  `
  CREATE TABLE keys (
    public_key TEXT PRIMARY KEY,
    website_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX keys_by_website ON keys (website_id, created_at);
  INSERT INTO keys (public_key, website_id, created_at) SELECT public_key, id, created_at FROM websites;
  `,
  `
  ALTER TABLE pages ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0;
  UPDATE pages SET asked_at = coalesce((SELECT max(asked_at) FROM cards WHERE page_id = pages.id), 0);
  CREATE INDEX pages_by_asked ON pages (website_id, asked_at);
  ALTER TABLE websites ADD COLUMN page_count INTEGER NOT NULL DEFAULT 0;
  UPDATE websites SET page_count = (SELECT count(*) FROM pages WHERE website_id = websites.id);
  CREATE TRIGGER page_made AFTER INSERT ON pages BEGIN
    UPDATE websites SET page_count = page_count + 1 WHERE id = new.website_id;
  END;
  CREATE TRIGGER page_gone AFTER DELETE ON pages BEGIN
    UPDATE websites SET page_count = page_count - 1 WHERE id = old.website_id;
  END;
  `,
  `
  CREATE UNIQUE INDEX websites_by_own_host ON websites (json_extract(settings, '$.ownHost'));
  `,
  `
  ALTER TABLE pages ADD COLUMN drawn_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE pages ADD COLUMN fresh_until INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE pages ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE pages ADD COLUMN failed_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE pages ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE pages ADD COLUMN tags TEXT;
  CREATE INDEX pages_by_drawn ON pages (website_id, drawn_at);
  CREATE INDEX pages_by_requests ON pages (website_id, requests);
  CREATE INDEX pages_failing ON pages (website_id, target) WHERE failed_at > 0;
  CREATE INDEX pages_gone ON pages (website_id, target) WHERE gone = 1;
  CREATE VIRTUAL TABLE page_search USING fts5 (target, content = 'pages', content_rowid = 'id', tokenize = 'trigram');
  INSERT INTO page_search (rowid, target) SELECT id, target FROM pages;
  CREATE TRIGGER page_found AFTER INSERT ON pages BEGIN
    INSERT INTO page_search (rowid, target) VALUES (new.id, new.target);
  END;
  CREATE TRIGGER page_lost AFTER DELETE ON pages BEGIN
    INSERT INTO page_search (page_search, rowid, target) VALUES ('delete', old.id, old.target);
    DELETE FROM page_requests WHERE page_id = old.id;
  END;
  CREATE TABLE page_requests (
    page_id INTEGER NOT NULL,
    consumer TEXT NOT NULL,
    requests INTEGER NOT NULL,
    PRIMARY KEY (page_id, consumer)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE usage (
    website_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    consumer TEXT NOT NULL,
    requests INTEGER NOT NULL,
    hits INTEGER NOT NULL,
    renders INTEGER NOT NULL,
    revalidations INTEGER NOT NULL,
    fetches INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    PRIMARY KEY (website_id, day, consumer)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE render_times (
    website_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    bucket INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (website_id, day, bucket)
  ) STRICT, WITHOUT ROWID;
  `,
  accountTables,
  `
  CREATE TABLE memberships (
    website_id INTEGER NOT NULL REFERENCES websites (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (website_id, person_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX memberships_by_person ON memberships (person_id);
  CREATE TABLE invitations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    website_id INTEGER NOT NULL REFERENCES websites (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_by TEXT REFERENCES user (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX invitations_by_website ON invitations (website_id);
  CREATE TABLE first_account (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    person_id TEXT REFERENCES user (id),
    claimed_at INTEGER NOT NULL
  ) STRICT;
  `,
];
