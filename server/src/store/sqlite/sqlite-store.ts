import { sql } from 'kysely';
import type { Basis, CardId, KeptCard } from '../../model/card.ts';
import type { Change, PurgeScope } from '../../model/change.ts';
import type { Decision, PageDecision } from '../../model/decision.ts';
import type { PersonId } from '../../model/identity.ts';
import type { MetaTag } from '../../model/meta-tag.ts';
import type { Picture } from '../../model/picture.ts';
import type { Clock, EpochMs } from '../../model/units.ts';
import type {
  Connection,
  HostName,
  Origin,
  PublicKey,
  Target,
  Website,
  WebsiteId,
  WebsiteSettings,
} from '../../model/website.ts';
import type { PictureFiles } from '../files/pictures.ts';
import type {
  Asked,
  Key,
  NewWebsite,
  PageList,
  PagePosition,
  PageQuery,
  PageRecord,
  RenderTimesRow,
  Store,
  SweepResult,
  UsageRow,
} from '../store.ts';
import type { Database } from './database.ts';
import { decisionsOf, noteDecisions } from './decisions.ts';
import { dialectOf } from './dialect.ts';
import { findKey, keysOf } from './keys.ts';
import { failingPages, listPages } from './page-list.ts';
import { noteAsked, noteTags, pageRecord } from './page-records.ts';
import { changesAfter, coveringPurge, newestSeq, recordPurge } from './purges.ts';
import { basisValues, cardColumns, cardValues, isCard, toCard } from './rows.ts';
import { SqliteMembers } from './sqlite-members.ts';
import { evict, evictPages, removeVoid } from './sweep.ts';
import { noteUsage, usageOf } from './usage.ts';
import {
  addKey,
  allOwnHosts,
  allWebsites,
  changeSettings,
  dropKey,
  findByOwnHost,
  findWebsite,
  makeWebsite,
  removeWebsite,
} from './websites.ts';

const none: readonly Change[] = [];

/** The store of one machine: records in SQLite, pictures in files. */
export class SqliteStore implements Store {
  readonly members: SqliteMembers;
  readonly accounts: Store['accounts'];
  readonly #db: Database;
  readonly #files: PictureFiles;
  readonly #clock: Clock;
  readonly #pagesPerWebsite: number;
  /** Where `changes()` has read to, and the file's version then. */
  #seen: number;
  #version: number;
  /** Something was, or may have been, written to the log by us: `data_version` tells of other connections only. */
  #changedHere = false;

  constructor(db: Database, files: PictureFiles, clock: Clock, pagesPerWebsite: number) {
    this.members = new SqliteMembers(db);
    this.accounts = { dialect: dialectOf(db), type: 'sqlite' };
    this.#db = db;
    this.#files = files;
    this.#clock = clock;
    this.#pagesPerWebsite = pagesPerWebsite;
    this.#version = db.version;
    this.#seen = newestSeq(db);
  }

  async find(id: CardId): Promise<KeptCard | undefined> {
    const row = this.#db.first(
      this.#valid(id.websiteId, id.target)
        .where('cards.consumer', '=', id.consumer)
        .where('cards.variant', '=', id.variant),
    );
    return row === undefined ? undefined : toCard(id, row);
  }

  async cardsOf(websiteId: WebsiteId, target: Target): Promise<KeptCard[]> {
    const rows = this.#db.all(this.#valid(websiteId, target).orderBy('cards.consumer').orderBy('cards.variant'));
    return rows.map((row) => toCard({ websiteId, target }, row));
  }

  async keep(card: KeptCard, bytes?: Uint8Array): Promise<boolean> {
    if (card.outcome.kind === 'picture') {
      if (bytes === undefined) throw new TypeError('A picture is kept with its bytes.');
      await this.#files.write(card.outcome.picture, bytes);
    }
    const kept = this.#write(card);
    // A sweep took the file in the moment before its record: written once more, it is too young to be taken.
    return kept === 'picture lost' ? this.keep(card, bytes) : kept;
  }

  #write(card: KeptCard): boolean | 'picture lost' {
    const { id, outcome, mark } = card;
    const db = this.#db;
    return db.transaction(() => {
      if (!this.#mayKeep(id.websiteId, id.target, mark)) return false;
      if (outcome.kind === 'picture' && !this.#files.has(outcome.picture)) return 'picture lost';
      const { id: page_id } = this.#pageRow(id.websiteId, id.target, mark);
      db.run(db.query.replaceInto('cards').values({ ...cardValues(card), page_id, asked_at: this.#clock.now() }));
      const drawn = outcome.kind === 'picture' ? { gone: 0, drawn_at: outcome.renderedAt } : { gone: 1 };
      const stands = { ...drawn, fresh_until: card.policy.freshUntil, failed_at: 0 };
      db.run(db.query.updateTable('pages').set(stands).where('id', '=', page_id));
      evictPages(db, id.websiteId, page_id, this.#pagesPerWebsite);
      return true;
    });
  }

  async renew(websiteId: WebsiteId, target: Target, responseId: string, basis: Basis): Promise<void> {
    const { query } = this.#db;
    const page = query
      .selectFrom('pages')
      .select('id')
      .where('website_id', '=', websiteId)
      .where('target', '=', target);
    this.#db.run(
      query
        .updateTable('cards')
        .set(basisValues(basis))
        .where('page_id', '=', page)
        .where('response_id', '=', responseId),
    );
    const stands = { fresh_until: basis.policy.freshUntil, failed_at: 0 };
    this.#db.run(query.updateTable('pages').set(stands).where('id', '=', page));
  }

  async forget(id: CardId): Promise<void> {
    this.#db.run(this.#db.query.deleteFrom('cards').where(isCard(id)));
  }

  picture(picture: Picture): Promise<Buffer | undefined> {
    return this.#files.read(picture);
  }

  asked(cards: Iterable<Asked>, at: EpochMs): Promise<void> {
    return noteAsked(this.#db, cards, at);
  }

  async listPages(websiteId: WebsiteId, query: PageQuery, now: EpochMs): Promise<PageList> {
    return listPages(this.#db, websiteId, query, now);
  }

  async failingPages(websiteId: WebsiteId, limit: number) {
    return failingPages(this.#db, websiteId, limit);
  }

  async pageRecord(websiteId: WebsiteId, target: Target): Promise<PageRecord> {
    return pageRecord(this.#db, websiteId, target);
  }

  async noteTags(websiteId: WebsiteId, target: Target, tags: readonly MetaTag[]): Promise<void> {
    noteTags(this.#db, websiteId, target, tags);
  }

  async noteUsage(usage: readonly UsageRow[], renderTimes: readonly RenderTimesRow[]): Promise<void> {
    noteUsage(this.#db, usage, renderTimes);
  }

  async usageOf(websiteIds: readonly WebsiteId[], day: number) {
    return usageOf(this.#db, websiteIds, day);
  }

  noteDecisions(decisions: readonly PageDecision[]): Promise<void> {
    return noteDecisions(this.#db, decisions);
  }

  async decisionsOf(websiteId: WebsiteId, target: Target): Promise<Decision[]> {
    return decisionsOf(this.#db, websiteId, target);
  }

  async position(websiteId: WebsiteId, target: Target): Promise<PagePosition> {
    const { query } = this.#db;
    const page = query
      .selectFrom('pages')
      .select('kept_mark')
      .where('website_id', '=', websiteId)
      .where('target', '=', target);
    const row = this.#db.first(query.selectNoFrom([page.as('kept'), coveringPurge(websiteId, target).as('purge')]));
    return { mark: newestSeq(this.#db), purged: (row?.purge ?? 0) > (row?.kept ?? 0) };
  }

  async purge(websiteId: WebsiteId, scope: PurgeScope): Promise<void> {
    recordPurge(this.#db, websiteId, scope, this.#clock.now());
    this.#changedHere = true;
  }

  changes(): readonly Change[] {
    const { version } = this.#db;
    if (version === this.#version && !this.#changedHere) return none;
    this.#version = version;
    this.#changedHere = false;
    const after = changesAfter(this.#db, this.#seen);
    if (after === undefined) {
      this.#seen = newestSeq(this.#db);
      return this.#everyWebsite();
    }
    this.#seen = after.newest;
    return after.changes;
  }

  async sweep(budget: number, now: EpochMs): Promise<SweepResult> {
    const voided = await removeVoid(this.#db, now);
    const evicted = await evict(this.#db, budget);
    const isKept = (hash: string) => this.#hasRecord(hash);
    const picturesRemoved = await this.#files.sweep(now, isKept, (hash, unlink) =>
      // In a transaction: no record can come to point at the file while it goes.
      this.#db.transaction(() => {
        if (this.#hasRecord(hash)) return false;
        unlink();
        return true;
      }),
    );
    return { recordsRemoved: voided + evicted.removed, picturesRemoved, bytesKept: evicted.bytes };
  }

  async createWebsite(website: NewWebsite, owner?: PersonId): Promise<Website | undefined> {
    this.#changedHere = true;
    return makeWebsite(this.#db, website, owner);
  }

  async websites(): Promise<Website[]> {
    return allWebsites(this.#db);
  }

  async websiteById(id: WebsiteId): Promise<Website | undefined> {
    return findWebsite(this.#db, 'id', id);
  }

  async websiteByConnection(connection: Connection): Promise<Website | undefined> {
    return findWebsite(this.#db, 'connection', connection);
  }

  async websiteByPublicKey(publicKey: PublicKey): Promise<Website | undefined> {
    const key = findKey(this.#db, publicKey);
    return key === undefined || key.revokedAt !== null ? undefined : findWebsite(this.#db, 'id', key.websiteId);
  }

  async websiteByOrigin(origin: Origin): Promise<Website | undefined> {
    return findWebsite(this.#db, 'origin', origin);
  }

  async websiteByOwnHost(host: HostName): Promise<Website | undefined> {
    return findByOwnHost(this.#db, host);
  }

  ownHosts(): ReadonlySet<string> {
    return allOwnHosts(this.#db);
  }

  async changeSettings(websiteId: WebsiteId, settings: Partial<WebsiteSettings>): Promise<boolean> {
    this.#changedHere = true;
    return changeSettings(this.#db, websiteId, settings, this.#clock.now());
  }

  keepPicture(picture: Picture, bytes: Uint8Array): Promise<void> {
    return this.#files.write(picture, bytes);
  }

  async createKey(websiteId: WebsiteId, publicKey: PublicKey, at: EpochMs): Promise<boolean> {
    this.#changedHere = true;
    return addKey(this.#db, websiteId, publicKey, at);
  }

  async findKey(publicKey: PublicKey): Promise<Key | undefined> {
    return findKey(this.#db, publicKey);
  }

  async keysOf(websiteId: WebsiteId): Promise<Key[]> {
    return keysOf(this.#db, websiteId);
  }

  async revokeKey(publicKey: PublicKey, at: EpochMs): Promise<boolean> {
    this.#changedHere = true;
    return dropKey(this.#db, publicKey, at);
  }

  async removeWebsite(origin: Origin): Promise<boolean> {
    this.#changedHere = true;
    return removeWebsite(this.#db, origin);
  }

  async check(): Promise<void> {
    await this.#files.check();
    this.#db.transaction(() => this.#db.first(this.#db.query.selectFrom('websites').select('id').limit(1)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#db.close();
  }

  /** The cards of a page that no purge has made void. */
  #valid(websiteId: WebsiteId, target: Target) {
    return this.#db.query
      .selectFrom('pages')
      .innerJoin('cards', 'cards.page_id', 'pages.id')
      .innerJoin('websites', 'websites.id', 'pages.website_id')
      .select(cardColumns)
      .where('pages.website_id', '=', websiteId)
      .where('pages.target', '=', target)
      .where('cards.mark', '>=', coveringPurge(websiteId, target));
  }

  #mayKeep(websiteId: WebsiteId, target: Target, mark: number): boolean {
    const { query } = this.#db;
    const row = this.#db.first(
      query.selectFrom('websites').select(coveringPurge(websiteId, target).as('purge')).where('id', '=', websiteId),
    );
    return row !== undefined && row.purge <= mark;
  }

  #pageRow(websiteId: WebsiteId, target: Target, mark: number): { id: number } {
    const { query } = this.#db;
    const upsert = query
      .insertInto('pages')
      .values({ website_id: websiteId, target, kept_mark: mark, asked_at: this.#clock.now() })
      .onConflict((conflict) =>
        conflict.columns(['website_id', 'target']).doUpdateSet({
          kept_mark: sql`max(kept_mark, excluded.kept_mark)`,
          asked_at: sql`excluded.asked_at`,
        }),
      )
      .returning('id');
    const row = this.#db.first(upsert);
    if (row === undefined) throw new Error('The database gave no row for a page that it was told to keep.');
    return row;
  }

  #hasRecord(hash: string): boolean {
    const { query } = this.#db;
    const ofCard = query.selectFrom('cards').select('id').where('picture_hash', '=', hash).limit(1);
    const ofWebsite = query
      .selectFrom('websites')
      .select('id')
      .where(sql<boolean>`json_extract(settings, '$.fallbackPicture.hash') = ${hash}`);
    return this.#db.first(ofCard) !== undefined || this.#db.first(ofWebsite) !== undefined;
  }

  /** The log was shortened past what was read: everything of every website there ever was may have changed. */
  #everyWebsite(): Change[] {
    const { query } = this.#db;
    const last = this.#db.first(query.selectFrom('sqlite_sequence').select('seq').where('name', '=', 'websites'));
    return Array.from({ length: last?.seq ?? 0 }, (_, index) => ({
      kind: 'website',
      websiteId: (index + 1) as WebsiteId,
    }));
  }
}
