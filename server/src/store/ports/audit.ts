import type { AuditEntry, AuditKind, NewAuditEntry } from '../../model/audit.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Origin, WebsiteId } from '../../model/website.ts';

export interface AuditQuery {
  /** Only these kinds; null for all. */
  readonly kinds: readonly AuditKind[] | null;
  /** Only by this one (`actorId`); null for all. */
  readonly actor: string | null;
  readonly limit: number;
  /** Only entries older than the one with this id; null for the newest. */
  readonly before: number | null;
}

/**
 * Who changed what of websites. Entries stay when their website is removed, until they are too old: that it was removed,
 * and by whom, is one of them.
 */
export interface AuditRecords {
  /** Of each website the last `most` entries of a kind are kept, so that a flood of one kind hides no other. */
  note(entry: NewAuditEntry, most: number): Promise<void>;
  /** Newest first. */
  of(websiteId: WebsiteId, query: AuditQuery): Promise<AuditEntry[]>;
  /** Of everybody who stands in the website's log the newest entry, newest first. */
  lastOfEach(websiteId: WebsiteId, limit: number): Promise<AuditEntry[]>;
  /** The website of this origin that was removed last; undefined if none was, as far as the log goes. */
  removed(origin: Origin): Promise<WebsiteId | undefined>;
  /** Removes entries from before `oldest`, and the addresses of those from before `addresses`. */
  forget(oldest: EpochMs, addresses: EpochMs): Promise<void>;
}
