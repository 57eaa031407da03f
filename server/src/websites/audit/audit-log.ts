import type { AuditAction, NewAuditEntry } from '../../model/audit.ts';
import { type Clock, epochMs } from '../../model/units.ts';
import type { AuditRecords } from '../../store/ports/audit.ts';

/** Everything about a change but what it was. */
export type Change = Omit<NewAuditEntry, 'action' | 'at'>;

export interface AuditLogOptions {
  readonly records: Pick<AuditRecords, 'note' | 'forget'>;
  readonly clock: Clock;
  readonly log: { error(facts: object, message: string): void };
}

// Years of most websites; some megabytes at worst.
const mostOfAKind = 5000;
const dayMs = 24 * 3_600_000;
const keptForMs = 365 * dayMs;
// Long enough to look into a stolen key; after that the address only tells where people were.
const addressKeptForMs = 30 * dayMs;
// Bound while the store takes nothing; what is beyond stands in the service's own log.
const mostUnwritten = 1000;

/**
 * Who changed what of websites. An entry is written when the change was made, before it is answered. What the store does
 * not take then is put into the service's own log at once, and written as soon as the store takes it: the change is made
 * by then, so it is answered as made.
 */
export class AuditLog {
  readonly #options: AuditLogOptions;
  readonly #unwritten: NewAuditEntry[] = [];

  constructor(options: AuditLogOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async note(change: Change, ...actions: readonly AuditAction[]): Promise<void> {
    for (const action of actions) {
      const entry = { ...change, at: this.#options.clock.now(), action };
      try {
        await this.#options.records.note(entry, mostOfAKind);
      } catch (err) {
        this.#options.log.error({ err, entry }, 'audit log not written; it will be tried again');
        if (this.#unwritten.length < mostUnwritten) this.#unwritten.push(entry);
      }
    }
  }

  /** Writes what could not be written before. Rejects while the store takes nothing. */
  async write(): Promise<void> {
    for (;;) {
      const entry = this.#unwritten.shift();
      if (entry === undefined) return;
      try {
        await this.#options.records.note(entry, mostOfAKind);
      } catch (error) {
        this.#unwritten.unshift(entry);
        throw error;
      }
    }
  }

  /** Removes what is too old. */
  async sweep(): Promise<void> {
    const now = this.#options.clock.now();
    await this.#options.records.forget(epochMs(now - keptForMs), epochMs(now - addressKeptForMs));
  }
}
