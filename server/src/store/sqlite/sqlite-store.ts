import { setImmediate as nextTurn } from 'node:timers/promises';
import { type OnConflictBuilder, sql } from 'kysely';
import type { MetaTag } from '../../origin/tags.ts';
import { type Clock, type EpochMs, epochMs } from '../../units.ts';
import type {
  Connection,
  HostName,
  Origin,
  PublicKey,
  Target,
  Website,
  WebsiteId,
  WebsiteSettings,
} from '../../websites/website.ts';
import { defaultSettings } from '../../websites/website.ts';
import type { PictureFiles } from '../files/pictures.ts';
import type {
  Asked,
  Basis,
  CardId,
  Change,
  Decision,
  KeptCard,
  Key,
  NewWebsite,
  PageDecision,
  PageList,
  PagePosition,
  PageQuery,
  PageRecord,
  Picture,
  PurgeScope,
  RenderTimesRow,
  Store,
  SweepResult,
  UsageRow,
} from '../store.ts';
import type { Database } from './database.ts';
import { decisionsOf, noteDecisions } from './decisions.ts';
import { createKey, findKey, keysOf, revokeKey } from './keys.ts';
import { failingPages, listPages } from './page-list.ts';
import { changesAfter, coveringPurge, newestSeq, recordChange, recordPurge } from './purges.ts';
import { basisValues, cardColumns, cardValues, toCard, toWebsite } from './rows.ts';
import type { Schema } from './schema.ts';
import { evict, evictPages, removeVoid } from './sweep.ts';
import { noteUsage, usageOf } from './usage.ts';

const none: readonly Change[] = [];

// A batch holds the write lock and the event loop for a few milliseconds.
const askedBatch = 200;

/** The store of one machine: records in SQLite, pictures in files. */
export class SqliteStore implements Store {
  readonly #db: Database;
  readonly #files: PictureFiles;
  readonly #clock: Clock;
  readonly #pagesPerWebsite: number;
  /** Where `changes()` has read to, and the file's version then. */
  #seen: number;
  #version: number;
  #changedHere = false;

  constructor(db: Database, files: PictureFiles, clock: Clock, pagesPerWebsite: number) {
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
    this.#db.run(this.#db.query.deleteFrom('cards').where(this.#is(id)));
  }

  picture(picture: Picture): Promise<Buffer | undefined> {
    return this.#files.read(picture);
  }

  async asked(cards: Iterable<Asked>, at: EpochMs): Promise<void> {
    const { query } = this.#db;
    const rest = [...cards];
    while (rest.length > 0) {
      const some = rest.splice(0, askedBatch);
      this.#db.transaction(() => {
        for (const { id, requests } of some) {
          const counted = { asked_at: at, requests: sql<number>`requests + ${requests}` };
          const page = query.updateTable('pages').set(counted).where('website_id', '=', id.websiteId);
          const row = this.#db.first(page.where('target', '=', id.target).returning('id'));
          if (row === undefined) continue;
          this.#db.run(query.updateTable('cards').set({ asked_at: at }).where(this.#is(id)));
          const by = { page_id: row.id, consumer: id.consumer, requests };
          const grown = (conflict: OnConflictBuilder<Schema, 'page_requests'>) =>
            conflict.columns(['page_id', 'consumer']).doUpdateSet({ requests: counted.requests });
          this.#db.run(query.insertInto('page_requests').values(by).onConflict(grown));
        }
      });
      if (rest.length > 0) await nextTurn();
    }
  }

  async listPages(websiteId: WebsiteId, query: PageQuery, now: EpochMs): Promise<PageList> {
    return listPages(this.#db, websiteId, query, now);
  }

  async failingPages(websiteId: WebsiteId, limit: number) {
    return failingPages(this.#db, websiteId, limit);
  }

  async pageRecord(websiteId: WebsiteId, target: Target): Promise<PageRecord> {
    const { query } = this.#db;
    const page = query.selectFrom('pages').select(['id', 'tags']).where('website_id', '=', websiteId);
    const row = this.#db.first(page.where('target', '=', target));
    if (row === undefined) return { tags: null, requests: [] };
    const requests = query.selectFrom('page_requests').select(['consumer', 'requests']).where('page_id', '=', row.id);
    return {
      tags: row.tags === null ? null : (JSON.parse(row.tags) as MetaTag[]),
      requests: this.#db.all(requests.orderBy('requests', 'desc')),
    };
  }

  async noteTags(websiteId: WebsiteId, target: Target, tags: readonly MetaTag[]): Promise<void> {
    const page = this.#db.query.updateTable('pages').set({ tags: JSON.stringify(tags) });
    this.#db.run(page.where('website_id', '=', websiteId).where('target', '=', target));
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

  async createWebsite(website: NewWebsite): Promise<Website | undefined> {
    const { query } = this.#db;
    const insert = query
      .insertInto('websites')
      .values({
        origin: website.origin,
        connection: website.connection,
        public_key: website.publicKey,
        settings: JSON.stringify(defaultSettings),
        created_at: website.createdAt,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll();
    const row = this.#db.transaction(() => {
      if (findKey(this.#db, website.publicKey) !== undefined) return undefined;
      const made = this.#db.first(insert);
      if (made === undefined) return undefined;
      createKey(this.#db, made.id as WebsiteId, website.publicKey, epochMs(website.createdAt));
      this.#recordChanged(made.id as WebsiteId);
      return made;
    });
    return row === undefined ? undefined : toWebsite(row);
  }

  async websites(): Promise<Website[]> {
    return this.#db.all(this.#db.query.selectFrom('websites').selectAll().orderBy('origin')).map(toWebsite);
  }

  async websiteById(id: WebsiteId): Promise<Website | undefined> {
    return this.#website('id', id);
  }

  async websiteByConnection(connection: Connection): Promise<Website | undefined> {
    return this.#website('connection', connection);
  }

  async websiteByPublicKey(publicKey: PublicKey): Promise<Website | undefined> {
    const key = findKey(this.#db, publicKey);
    return key === undefined || key.revokedAt !== null ? undefined : this.#website('id', key.websiteId);
  }

  async websiteByOrigin(origin: Origin): Promise<Website | undefined> {
    return this.#website('origin', origin);
  }

  async websiteByOwnHost(host: HostName): Promise<Website | undefined> {
    const isOwn = sql<boolean>`json_extract(settings, '$.ownHost') = ${host}`;
    const row = this.#db.first(this.#db.query.selectFrom('websites').selectAll().where(isOwn));
    return row === undefined ? undefined : toWebsite(row);
  }

  ownHosts(): ReadonlySet<string> {
    const host = sql<string>`json_extract(settings, '$.ownHost')`;
    const rows = this.#db.all(
      this.#db.query.selectFrom('websites').select(host.as('host')).where(sql<boolean>`${host} IS NOT NULL`),
    );
    return new Set(rows.map((row) => row.host));
  }

  async changeSettings(websiteId: WebsiteId, settings: Partial<WebsiteSettings>): Promise<boolean> {
    const { query } = this.#db;
    return this.#db.transaction(() => {
      const { ownHost } = settings;
      const isOthers = sql<boolean>`json_extract(settings, '$.ownHost') = ${ownHost ?? ''} AND id <> ${websiteId}`;
      if (this.#db.first(query.selectFrom('websites').select('id').where(isOthers)) !== undefined) return false;
      // RFC 7396: null removes, and what is not there has its default.
      const merged = sql<string>`json_patch(settings, ${JSON.stringify(settings)})`;
      this.#db.run(query.updateTable('websites').set({ settings: merged }).where('id', '=', websiteId));
      this.#recordChanged(websiteId);
      return true;
    });
  }

  keepPicture(picture: Picture, bytes: Uint8Array): Promise<void> {
    return this.#files.write(picture, bytes);
  }

  async createKey(websiteId: WebsiteId, publicKey: PublicKey, at: EpochMs): Promise<boolean> {
    return this.#db.transaction(() => {
      if (this.#website('id', websiteId) === undefined) return false;
      const made = createKey(this.#db, websiteId, publicKey, at);
      if (made) this.#recordChanged(websiteId);
      return made;
    });
  }

  async findKey(publicKey: PublicKey): Promise<Key | undefined> {
    return findKey(this.#db, publicKey);
  }

  async keysOf(websiteId: WebsiteId): Promise<Key[]> {
    return keysOf(this.#db, websiteId);
  }

  async revokeKey(publicKey: PublicKey, at: EpochMs): Promise<boolean> {
    return this.#db.transaction(() => {
      const websiteId = revokeKey(this.#db, publicKey, at);
      if (websiteId !== undefined) this.#recordChanged(websiteId);
      return websiteId !== undefined;
    });
  }

  async removeWebsite(origin: Origin): Promise<boolean> {
    const { query } = this.#db;
    const website = this.#website('origin', origin);
    if (website === undefined) return false;
    // Its pages and cards can no longer be asked for; the sweep removes them, however many there are.
    this.#db.transaction(() => {
      this.#db.run(query.deleteFrom('websites').where('id', '=', website.id));
      this.#db.run(query.deleteFrom('purges').where('website_id', '=', website.id));
      this.#db.run(query.deleteFrom('keys').where('website_id', '=', website.id));
      this.#recordChanged(website.id);
    });
    return true;
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

  #is(id: CardId) {
    return sql<boolean>`page_id = (SELECT id FROM pages WHERE website_id = ${id.websiteId} AND target = ${id.target})
      AND consumer = ${id.consumer} AND variant = ${id.variant}`;
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

  #website(column: 'id' | 'connection' | 'origin', value: string | number): Website | undefined {
    const row = this.#db.first(this.#db.query.selectFrom('websites').selectAll().where(column, '=', value));
    return row === undefined ? undefined : toWebsite(row);
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

  #recordChanged(websiteId: WebsiteId): void {
    recordChange(this.#db, websiteId, 'changed', '');
    this.#changedHere = true;
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
