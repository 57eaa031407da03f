import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { KeptCard } from '../../../model/card.ts';
import type { MetaTag } from '../../../model/meta-tag.ts';
import { listedTitle } from '../../../model/networks/page-title.ts';
import { StoreUnreachable } from '../../../model/store-unreachable.ts';
import type { Clock } from '../../../model/units.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { CardRecords, Keeping, KeepOptions } from '../../ports/cards.ts';
import type { ChangeLog } from '../../ports/changes.ts';
import type { Lease, Leases } from '../../ports/leases.ts';
import { cardColumns, cardValues, isCard, toCard } from '../../records/card-rows.ts';
import { isNewer, isOlder } from '../../records/order.ts';
import { turnName } from '../../records/turn-name.ts';
import { wholeMs } from '../../records/whole-ms.ts';
import { afterPrefix, coveringPurge } from '../changes/purges.ts';
import type { Database } from '../database.ts';
import { holds, release } from '../leases.ts';
import type { RecordedPictures } from '../pictures/recorded-pictures.ts';
import { evictPages } from '../sweep/evict.ts';
import { askedNotes } from './asked.ts';
import { renewals } from './renewals.ts';
import { workedAt } from './worked-at.ts';

// A removal ends within half a second, or its storage does not answer.
const mostAttempts = 12;

export interface CardOptions {
  readonly db: Database;
  readonly pictures: RecordedPictures;
  readonly clock: Clock;
  readonly changes: Pick<ChangeLog, 'purgeState'>;
  readonly leases: Pick<Leases, 'acquire'>;
  readonly pagesPerWebsite: number;
}

/** Kept cards: records in SQLite, pictures in files or elsewhere. */
export function cardRecords({ db, pictures, clock, changes, leases, pagesPerWebsite }: CardOptions): CardRecords {
  const { query } = db;

  /** The cards of a page that are not void. */
  const valid = (websiteId: WebsiteId, target: Target) =>
    query
      .selectFrom('pages')
      .innerJoin('cards', 'cards.page_id', 'pages.id')
      .innerJoin('websites', 'websites.id', 'pages.website_id')
      .select(cardColumns)
      .where('pages.website_id', '=', websiteId)
      .where('pages.target', '=', target)
      .where('cards.purge_version', '>=', coveringPurge(websiteId, target));

  /** In a transaction: why the card may not be kept, if so. */
  const refusal = ({ id, policy, purgeVersion }: KeptCard, lease: Lease | undefined): Keeping | undefined => {
    const found = query
      .selectFrom('websites')
      .leftJoin('cards', (join) => join.on(isCard(id)))
      .select([coveringPurge(id.websiteId, id.target).as('purge'), 'cards.purge_version', 'cards.received_at'])
      .where('websites.id', '=', id.websiteId);
    const row = db.first(found);
    if (row === undefined) return 'gone';
    if (row.purge > purgeVersion) return 'purged';
    const { received_at, purge_version } = row;
    if (received_at !== null && purge_version !== null && purge_version >= row.purge) {
      if (isNewer(received_at, wholeMs(policy.receivedAt), clock.now())) return 'older';
    }
    return lease === undefined || holds(db, lease) ? undefined : 'late';
  };

  /** In a transaction: updates the page's row for the card. Returns its id. */
  const writePage = (card: KeptCard, tags: readonly MetaTag[] | undefined, now: number): number => {
    const { id, outcome, policy, purgeVersion } = card;
    const drawnAt = outcome.kind === 'picture' ? wholeMs(outcome.renderedAt) : 0;
    const at = Math.min(now, Math.max(drawnAt, wholeMs(policy.receivedAt)));
    const stands = {
      asked_at: now,
      fresh_until: wholeMs(policy.freshUntil),
      ...(outcome.kind === 'picture' ? { gone: 0, drawn_at: drawnAt } : { gone: 1 }),
      ...(tags && { tags: JSON.stringify(tags), title: listedTitle(tags) }),
    };
    const insert = query
      .insertInto('pages')
      .values({ website_id: id.websiteId, target: id.target, kept_version: purgeVersion, worked_at: at, ...stands });
    const upsert = insert.onConflict((known) =>
      known.columns(['website_id', 'target']).doUpdateSet({
        kept_version: sql`max(kept_version, excluded.kept_version)`,
        ...stands,
        ...workedAt(at, now),
      }),
    );
    const row = db.first(upsert.returning('id'));
    if (row === undefined) throw new Error('The database returned no row for an inserted page.');
    return row.id;
  };

  const write = (card: KeptCard, { lease, tags }: KeepOptions): Keeping | 'picture lost' =>
    db.transaction(() => {
      const refused = refusal(card, lease);
      if (refused !== undefined) return refused;
      if (card.outcome.kind === 'picture' && pictures.isLost(card.outcome.picture)) return 'picture lost';
      const now = clock.now();
      const page_id = writePage(card, tags, now);
      db.run(query.replaceInto('cards').values({ ...cardValues(card), page_id, asked_at: now }));
      evictPages(db, card.id.websiteId, page_id, pagesPerWebsite);
      if (lease !== undefined) release(db, lease);
      return 'kept';
    });

  const find: CardRecords['find'] = async (id) => {
    const cards = valid(id.websiteId, id.target);
    const row = db.first(cards.where('cards.consumer', '=', id.consumer).where('cards.variant', '=', id.variant));
    return row && toCard(id, row);
  };

  return {
    find,

    async takeTurn(id, ttl) {
      const purge = await changes.purgeState(id.websiteId, id.target);
      const { before, after } = turnName(id);
      const lease = await leases.acquire(`${before}${purge.covering}${after}`, ttl);
      return { lease, purge, card: await find(id) };
    },

    async ofPage(websiteId, target) {
      const rows = db.all(valid(websiteId, target).orderBy('cards.consumer').orderBy('cards.variant'));
      return rows.map((row) => toCard({ websiteId, target }, row));
    },

    async count(websiteId, scope, most) {
      const covered = query
        .selectFrom('pages')
        .innerJoin('cards', 'cards.page_id', 'pages.id')
        .where('pages.website_id', '=', websiteId)
        .where('cards.purge_version', '>=', coveringPurge(websiteId, sql.ref('pages.target')));
      const scoped =
        scope.kind === 'page'
          ? covered.where('pages.target', '=', scope.target)
          : scope.kind === 'prefix'
            ? covered.where('pages.target', '>=', scope.prefix).where('pages.target', '<', afterPrefix(scope.prefix))
            : covered;
      const some = scoped.select('cards.id').limit(most).as('some');
      return db.first(query.selectFrom(some).select((e) => e.fn.countAll<number>().as('count')))?.count ?? 0;
    },

    async keep(card, bytes, options = {}) {
      const { outcome } = card;
      for (let attempt = 1; ; attempt++) {
        if (outcome.kind === 'picture') {
          if (bytes === undefined) throw new TypeError('Keeping a picture needs its bytes.');
          await pictures.write(outcome.picture, bytes);
        }
        const kept = write(card, options);
        // A sweep removed the picture just before its record was written: written again, it is too young to be swept.
        if (kept !== 'picture lost') return kept;
        if (attempt === mostAttempts) throw new StoreUnreachable('busy');
        await pause(10 * (attempt - 1)); // a storage elsewhere takes its time
      }
    },

    renew: renewals(db, clock),

    async forget(id, { purgeVersion, receivedAt }) {
      const card = query
        .deleteFrom('cards')
        .where(isCard(id))
        .where(isOlder(wholeMs(receivedAt), clock.now()));
      db.run(card.where(sql<boolean>`${coveringPurge(id.websiteId, id.target)} <= ${purgeVersion}`));
    },

    noteAsked: askedNotes(db),
  };
}
