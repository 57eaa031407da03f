import type { Generated } from 'kysely';
import type { AuditKind } from '../../model/audit.ts';
import type { LinkKind } from '../ports/links.ts';
import type { WarmupState } from '../ports/warmups.ts';
import type { WebhookEvent } from '../ports/webhooks.ts';

/** Tables that are the same in every database; times are milliseconds since the epoch. */
export interface SharedSchema {
  websites: { id: number };
  /** At most one row: which master key is used. */
  installation: { id: number; key_check: string };
  warmups: {
    id: Generated<number>;
    website_id: number;
    state: WarmupState;
    sitemap: string | null;
    /** JSON of Target[]. */
    targets: string | null;
    /** JSON of names. */
    consumers: string;
    note: string | null;
    created_at: number;
    /** Null while it goes on; a website has one such row at most. */
    ended_at: number | null;
    spent_ms: Generated<number>;
  };
  /** When each key's quota is whole again, if nothing more is taken; fractions of a millisecond. */
  rates: { key: string; full_at: number };
  warmup_pages: {
    id: Generated<number>;
    warmup_id: number;
    target: string;
    /** SHA-256: a target is longer than an index takes. */
    target_hash: string;
    /** Null while it is open. */
    outcome: 'done' | 'skipped' | 'failed' | null;
    why: string | null;
  };
  links: {
    id: Generated<number>;
    website_id: number;
    kind: LinkKind;
    /** SHA-256 of the link's token. */
    token_hash: string;
    name: string;
    target: string | null;
    created_at: number;
    expires_at: number | null;
    used_at: number | null;
    /** What its token is derived from; null if the token was shown once. */
    salt: string | null;
  };
  probe_requests: {
    id: Generated<number>;
    link_id: number;
    /** JSON of NewProbeRequest. */
    request: string;
  };
  webhooks: {
    id: Generated<number>;
    website_id: number;
    url: string;
    /** JSON of WebhookEvent[]. */
    events: string;
    salt: string;
    created_at: number;
    disabled_at: number | null;
  };
  webhook_deliveries: {
    id: Generated<number>;
    webhook_id: number;
    message_id: string;
    event: WebhookEvent | 'test';
    body: string;
    created_at: number;
    attempts: Generated<number>;
    /** Null once it is over. */
    next_at: number | null;
    result: 'delivered' | 'failed' | null;
    answer: string | null;
  };
  /** Rows stay when their website is removed. */
  audit_log: {
    id: Generated<number>;
    website_id: number;
    at: number;
    kind: AuditKind;
    /** JSON of AuditAction, without its kind. */
    detail: string;
    actor_id: string;
    /** JSON of Actor. */
    actor: string;
    address: string | null;
  };
  /** What making a website's cards took, per day. */
  costs: {
    website_id: number;
    /** Days since the epoch, UTC. */
    day: number;
    fetches: number;
    drawings: number;
    browser_ms: number;
    bytes: number;
  };
  /** What each node said of itself last. */
  node_reports: {
    id: string;
    at: number;
    /** JSON. */
    report: string;
  };
  /** Pages that webhooks were told of as failing. */
  reported_pages: {
    website_id: number;
    target: string;
    target_hash: string;
  };
}
