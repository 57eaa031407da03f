import type { Steps } from '../sql/take-steps.ts';
import { accountTables } from './people/account-tables.ts';

export const migrations: Steps = {
  '0001 tables': `
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
  '0002 decisions': `
  CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    website_id INTEGER NOT NULL,
    target TEXT NOT NULL,
    decision TEXT NOT NULL
  ) STRICT;
  CREATE INDEX decisions_by_page ON decisions (website_id, target);
  `,
  '0003 keys': `
  CREATE TABLE keys (
    public_key TEXT PRIMARY KEY,
    website_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX keys_by_website ON keys (website_id, created_at);
  INSERT INTO keys (public_key, website_id, created_at) SELECT public_key, id, created_at FROM websites;
  `,
  '0004 number of pages': `
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
  '0005 own hosts': `
  CREATE UNIQUE INDEX websites_by_own_host ON websites (json_extract(settings, '$.ownHost'));
  `,
  '0006 lists of pages': `
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
  '0007 accounts': accountTables,
  '0008 members': `
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
  '0009 purge versions': `
  ALTER TABLE cards RENAME COLUMN response TO head;
  ALTER TABLE cards RENAME COLUMN mark TO purge_version;
  ALTER TABLE pages RENAME COLUMN kept_mark TO kept_version;
  `,
  '0010 order of writes': `
  ALTER TABLE cards ADD COLUMN received_at INTEGER NOT NULL DEFAULT 0;
  UPDATE cards SET received_at = coalesce(CAST(json_extract(policy, '$.receivedAt') AS INTEGER), 0);
  ALTER TABLE pages ADD COLUMN worked_at INTEGER NOT NULL DEFAULT 0;
  UPDATE pages SET worked_at = max(drawn_at, 1);
  DROP INDEX pages_failing;
  CREATE INDEX pages_failing ON pages (website_id, target) WHERE failed_at > worked_at;
  CREATE INDEX pages_never_worked ON pages (website_id, failed_at) WHERE worked_at = 0;
  CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // Hosts from before they had to be proven go on, until somebody proves the same one (docs/decisions/0027-own-hosts.md).
  '0011 proven hosts': `
  DROP INDEX websites_by_own_host;
  ALTER TABLE websites ADD COLUMN own_host TEXT;
  ALTER TABLE websites ADD COLUMN own_host_by TEXT;
  UPDATE websites SET own_host = json_extract(settings, '$.ownHost'), own_host_by = 'dns'
    WHERE json_extract(settings, '$.ownHost') IS NOT NULL;
  CREATE UNIQUE INDEX websites_by_own_host ON websites (own_host);
  CREATE INDEX websites_unproven ON websites (id)
    WHERE json_extract(settings, '$.ownHost') IS NOT NULL AND own_host IS NULL;
  `,
  '0012 newest failing pages': `
  CREATE INDEX pages_failing_newest ON pages (website_id, failed_at) WHERE failed_at > worked_at;
  `,
  '0013 warm-ups': `
  CREATE TABLE warmups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    website_id INTEGER NOT NULL REFERENCES websites (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    sitemap TEXT,
    targets TEXT,
    consumers TEXT NOT NULL,
    note TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    spent_ms INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE UNIQUE INDEX warmups_going_on ON warmups (website_id) WHERE ended_at IS NULL;
  CREATE INDEX warmups_by_website ON warmups (website_id, id);
  CREATE TABLE warmup_pages (
    id INTEGER PRIMARY KEY,
    warmup_id INTEGER NOT NULL REFERENCES warmups (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    target_hash TEXT NOT NULL,
    outcome TEXT,
    why TEXT,
    UNIQUE (warmup_id, target_hash)
  ) STRICT;
  CREATE INDEX warmup_pages_open ON warmup_pages (warmup_id, id) WHERE outcome IS NULL;
  CREATE INDEX warmup_pages_by_outcome ON warmup_pages (warmup_id, outcome);
  `,
  '0014 removed pictures': `
  CREATE TABLE removed_pictures (
    hash TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    done INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX websites_by_fallback ON websites (json_extract(settings, '$.fallbackPicture.hash'));
  `,
  '0015 links': `
  CREATE TABLE links (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    website_id INTEGER NOT NULL REFERENCES websites (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    target TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    used_at INTEGER
  ) STRICT;
  CREATE INDEX links_by_website ON links (website_id, kind);
  CREATE INDEX links_by_end ON links (expires_at) WHERE expires_at IS NOT NULL;
  `,
  // Of pages that never worked, those that were asked for longest ago go first, whether they failed or are gone.
  '0016 pages without a card': `
  DROP INDEX pages_never_worked;
  CREATE INDEX pages_never_worked ON pages (website_id, asked_at) WHERE worked_at = 0;
  `,
  '0017 reasons and checks': `
  ALTER TABLE purges ADD COLUMN why TEXT;
  ALTER TABLE usage ADD COLUMN checked INTEGER NOT NULL DEFAULT 0;
  `,
  '0018 key check': `
  CREATE TABLE installation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    key_check TEXT NOT NULL
  ) STRICT;
  `,
  '0019 rates': `
  CREATE TABLE rates (
    key TEXT PRIMARY KEY,
    full_at REAL NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  '0020 webhooks': `
  CREATE TABLE webhooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    website_id INTEGER NOT NULL REFERENCES websites (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    salt TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
  ) STRICT;
  CREATE INDEX webhooks_by_website ON webhooks (website_id);
  CREATE TABLE webhook_deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    message_id TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER,
    result TEXT,
    answer TEXT
  ) STRICT;
  CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE next_at IS NOT NULL;
  CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);
  CREATE TABLE reported_pages (
    website_id INTEGER NOT NULL REFERENCES websites (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    target_hash TEXT NOT NULL,
    PRIMARY KEY (website_id, target_hash)
  ) STRICT, WITHOUT ROWID;
  `,
  '0021 probes': `
  ALTER TABLE links ADD COLUMN salt TEXT;
  CREATE TABLE probe_requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    link_id INTEGER NOT NULL REFERENCES links (id) ON DELETE CASCADE,
    request TEXT NOT NULL
  ) STRICT;
  CREATE INDEX probe_requests_by_link ON probe_requests (link_id, id);
  `,
  // Without a reference to its website: that it was removed, and by whom, stays.
  '0022 audit log': `
  CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    website_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    address TEXT
  ) STRICT;
  CREATE INDEX audit_log_by_website ON audit_log (website_id, id);
  CREATE INDEX audit_log_by_kind ON audit_log (website_id, kind, id);
  CREATE INDEX audit_log_by_actor ON audit_log (website_id, actor_id, id);
  CREATE INDEX audit_log_by_time ON audit_log (at);
  CREATE INDEX audit_log_addresses ON audit_log (at) WHERE address IS NOT NULL;
  ALTER TABLE purges ADD COLUMN actor TEXT;
  CREATE INDEX purges_to_sweep ON purges (seq) WHERE swept = 0;
  CREATE INDEX purges_of_pages ON purges (at) WHERE kind = 'page' AND swept = 1;
  `,
  '0023 costs and nodes': `
  CREATE TABLE costs (
    day INTEGER NOT NULL,
    website_id INTEGER NOT NULL,
    fetches INTEGER NOT NULL,
    drawings INTEGER NOT NULL,
    browser_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (day, website_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE node_reports (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    report TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  '0024 compatibility': `
  CREATE TABLE compatibility (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    oldest INTEGER NOT NULL
  ) STRICT;
  INSERT INTO compatibility VALUES (1, 1);
  `,
  '0025 slow renewals': `
  ALTER TABLE usage ADD COLUMN slow INTEGER NOT NULL DEFAULT 0;
  `,
  // Of pages that are known already, their titles are taken from their tags.
  '0026 titles': `
  ALTER TABLE pages ADD COLUMN title TEXT;
  UPDATE pages SET title = (
    SELECT substr(trim(json_extract(value, '$.content')), 1, 200) FROM json_each(pages.tags)
    WHERE json_extract(value, '$.name') IN ('og:title', 'twitter:title', '<title>')
      AND trim(json_extract(value, '$.content')) <> ''
    ORDER BY instr('og:title twitter:title <title>', json_extract(value, '$.name')), key LIMIT 1
  ) WHERE tags IS NOT NULL;
  DROP TRIGGER page_found;
  DROP TRIGGER page_lost;
  DROP TABLE page_search;
  CREATE VIRTUAL TABLE page_search
    USING fts5 (target, title, content = 'pages', content_rowid = 'id', tokenize = 'trigram');
  INSERT INTO page_search (rowid, target, title) SELECT id, target, title FROM pages;
  CREATE TRIGGER page_found AFTER INSERT ON pages BEGIN
    INSERT INTO page_search (rowid, target, title) VALUES (new.id, new.target, new.title);
  END;
  CREATE TRIGGER page_titled AFTER UPDATE OF title ON pages WHEN old.title IS NOT new.title BEGIN
    INSERT INTO page_search (page_search, rowid, target, title) VALUES ('delete', old.id, old.target, old.title);
    INSERT INTO page_search (rowid, target, title) VALUES (new.id, new.target, new.title);
  END;
  CREATE TRIGGER page_lost AFTER DELETE ON pages BEGIN
    INSERT INTO page_search (page_search, rowid, target, title) VALUES ('delete', old.id, old.target, old.title);
    DELETE FROM page_requests WHERE page_id = old.id;
  END;
  `,
  '0027 usage by hour': `
  CREATE TABLE hourly_usage (
    website_id INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    consumer TEXT NOT NULL,
    requests INTEGER NOT NULL,
    hits INTEGER NOT NULL,
    slow INTEGER NOT NULL,
    checked INTEGER NOT NULL,
    renders INTEGER NOT NULL,
    revalidations INTEGER NOT NULL,
    fetches INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    PRIMARY KEY (website_id, hour, consumer)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE hourly_render_times (
    website_id INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    bucket INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (website_id, hour, bucket)
  ) STRICT, WITHOUT ROWID;
  `,
};

/** The steps that were counted in `PRAGMA user_version`, before the migrator noted their names. */
export const countedSteps = 23;
