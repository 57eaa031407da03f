import { sql } from 'kysely';
import type { CardId } from '../../../model/card.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { CardRecords } from '../../ports/cards.ts';
import type { PictureStorage } from '../../ports/pictures.ts';
import { type CardRow, cardColumns, isCard, responseValues, toCard } from '../../records/card-rows.ts';
import { isOlder } from '../../records/order.ts';
import { wholeMs } from '../../records/whole-ms.ts';
import { coveringPurge, toPurgeState } from '../changes/purges.ts';
import type { Now } from '../clock.ts';
import { type Database, type Prepared, query } from '../connection/database.ts';
import { newHolder } from '../leases.ts';
import { lockPicture } from '../sweep/removed-pictures.ts';
import { noteAsked } from './asked.ts';
import { evictPages } from './evict-pages.ts';
import { keeping } from './keeping.ts';
import { takingTurn } from './taking-turn.ts';
import { workedAt } from './worked-at.ts';

export interface CardOptions {
  readonly db: Database;
  readonly pictures: PictureStorage;
  readonly now: Now;
  readonly pagesPerWebsite: number;
}

/** Kept cards: records in Postgres, pictures in their storage. */
export function cardRecords({ db, pictures, now, pagesPerWebsite }: CardOptions): CardRecords {
  const finding = (id: CardId): Prepared<CardRow> => {
    const cards = valid(id.websiteId, id.target);
    const query = cards.where('cards.consumer', '=', id.consumer).where('cards.variant', '=', id.variant);
    return { name: 'find card', query };
  };

  return {
    async find(id) {
      const row = await db.first(finding(id));
      return row && toCard(id, row);
    },

    // Two statements: one alone would not see what the lease's last holder wrote while it waited for that lease.
    async takeTurn(id, ttl) {
      const holder = newHolder();
      const [[turn], [row]] = await db.pipelined(takingTurn(id, holder, ttl, now), finding(id));
      const name = turn?.name ?? null;
      const lease = name === null ? undefined : { name, holder };
      return { lease, purge: toPurgeState(turn), card: row && toCard(id, row) };
    },

    async ofPage(websiteId, target) {
      const rows = await db.all(valid(websiteId, target).orderBy('cards.consumer').orderBy('cards.variant'));
      return rows.map((row) => toCard({ websiteId, target }, row));
    },

    async count(websiteId, scope, most) {
      const covered =
        scope.kind === 'website'
          ? sql`true`
          : scope.kind === 'page'
            ? sql`target = ${scope.target}`
            : sql`target >= ${scope.prefix} AND starts_with(target, ${scope.prefix})`;
      const row = await db.first(sql<{ count: number }>`SELECT count(*) AS count FROM (
        SELECT FROM pages JOIN cards ON cards.page_id = pages.id
        WHERE pages.website_id = ${websiteId} AND ${covered}
          AND cards.purge_version >= ${coveringPurge(websiteId, sql`pages.target`)} LIMIT ${most}) AS valid`);
      return row?.count ?? 0;
    },

    async keep(card, bytes, options = {}) {
      const { outcome, id } = card;
      const write = keeping(card, options, now); // what cannot be stored is refused before anything is written
      const first = outcome.kind === 'picture' ? { first: lockPicture(outcome.picture.hash) } : {};
      for (;;) {
        if (outcome.kind === 'picture') {
          if (bytes === undefined) throw new TypeError('Keeping a picture needs its bytes.');
          await pictures.write(outcome.picture, bytes);
        }
        const [row] = await db.pipelinedTransaction(write, first);
        if (row === undefined) throw new Error('The database returned no row.');
        // A sweep removed the bytes just before the record was written; they are stored again.
        if (row.refused === 'picture lost') continue;
        if (row.refused !== null) return row.refused;
        const { page, pages } = row;
        if (page === null) return 'older'; // written since it was looked for
        if (pages > pagesPerWebsite) await db.transaction((tx) => evictPages(tx, id.websiteId, page, pagesPerWebsite));
        return 'kept';
      }
    },

    // One by one: a statement that locked several pages could wait for another node's.
    async renew(renewals) {
      for (const { websiteId, target, responseId, response } of renewals) {
        const at = wholeMs(response.policy.receivedAt);
        const { head, policy, version_tag, received_at } = responseValues(response);
        await db.run(sql`
          WITH page AS (${lockPage(websiteId, target)}),
          renewed AS (
            UPDATE cards SET head = ${head}, policy = ${policy}, version_tag = ${version_tag}, received_at = ${received_at}
            FROM page WHERE page_id = page.id AND response_id = ${responseId}
              AND purge_version >= ${coveringPurge(websiteId, target)} AND ${isOlder(at, now())}
            RETURNING page_id
          )
          UPDATE pages SET fresh_until = ${wholeMs(response.policy.freshUntil)},
            ${workedAt(sql`least(${at}::bigint, ${now()})`, now())}
          WHERE id IN (SELECT page_id FROM renewed)`);
      }
    },

    async forget(id, { purgeVersion, receivedAt }) {
      await db.run(sql`DELETE FROM cards WHERE ${isCard(id)} AND ${isOlder(wholeMs(receivedAt), now())}
        AND ${coveringPurge(id.websiteId, id.target)} <= ${purgeVersion}`);
    },

    noteAsked: (cards, at) => noteAsked(db, cards, at),
  };
}

/** The cards of a page that are not void. */
function valid(websiteId: WebsiteId, target: Target) {
  return query
    .selectFrom('pages')
    .innerJoin('cards', 'cards.page_id', 'pages.id')
    .innerJoin('websites', 'websites.id', 'pages.website_id')
    .select(cardColumns)
    .$castTo<CardRow>()
    .where('pages.website_id', '=', websiteId)
    .where('pages.target', '=', target)
    .where('cards.purge_version', '>=', coveringPurge(websiteId, target));
}

/** The page's row, which is locked before its cards are, so that no two writers wait for each other. */
const lockPage = (websiteId: WebsiteId, target: Target) =>
  sql`SELECT id FROM pages WHERE website_id = ${websiteId} AND target = ${target} FOR NO KEY UPDATE`;
