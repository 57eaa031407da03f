import { type RawBuilder, sql } from 'kysely';
import type { KeptCard } from '../../../model/card.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { CardRecords, Keeping } from '../../ports/cards.ts';
import type { Lease } from '../../ports/leases.ts';
import type { PictureStorage } from '../../ports/pictures.ts';
import { type CardRow, cardColumns, cardValues, isCard, responseValues, toCard } from '../../records/card-rows.ts';
import { isNewer, isOlder } from '../../records/order.ts';
import { wholeMs } from '../../records/whole-ms.ts';
import { coveringPurge } from '../changes/purges.ts';
import type { Now } from '../clock.ts';
import { type Database, query, type Statements } from '../connection/database.ts';
import { isHeldBy } from '../leases.ts';
import { lockPicture } from '../sweep/removed-pictures.ts';
import { noteAsked } from './asked.ts';
import { evictPages } from './evict-pages.ts';

export interface CardOptions {
  readonly db: Database;
  readonly pictures: PictureStorage;
  readonly now: Now;
  readonly pagesPerWebsite: number;
}

/** Kept cards: records in Postgres, pictures in their storage. */
export function cardRecords({ db, pictures, now, pagesPerWebsite }: CardOptions): CardRecords {
  const write = (card: KeptCard, lease: Lease | undefined): Promise<Keeping | 'picture lost'> => {
    const hash = card.outcome.kind === 'picture' ? card.outcome.picture.hash : undefined;
    return db.transaction(
      async (tx) => {
        const found = await findState(tx, card, lease, hash, now);
        if (found.pictureLost) return 'picture lost';
        const refused = refusal(card, found);
        if (refused !== undefined) return refused;
        const page = await writeCard(tx, card, found);
        if (page === undefined) return 'older'; // written since it was looked for
        if (Number.isFinite(pagesPerWebsite)) await evictPages(tx, card.id.websiteId, page, pagesPerWebsite);
        return 'kept';
      },
      hash === undefined ? {} : { first: lockPicture(hash) },
    );
  };

  return {
    async find(id) {
      const cards = valid(id.websiteId, id.target);
      const row = await db.first(
        cards.where('cards.consumer', '=', id.consumer).where('cards.variant', '=', id.variant),
      );
      return row && toCard(id, row);
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

    async keep(card, bytes, lease) {
      const { outcome } = card;
      wholeMs(card.policy.freshUntil); // refused before anything is written
      for (;;) {
        if (outcome.kind === 'picture') {
          if (bytes === undefined) throw new TypeError('Keeping a picture needs its bytes.');
          await pictures.write(outcome.picture, bytes);
        }
        const kept = await write(card, lease);
        // A sweep removed the bytes just before the record was written; they are stored again.
        if (kept !== 'picture lost') return kept;
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

interface State {
  readonly now: number;
  readonly known: boolean;
  readonly purge: number;
  readonly purgeVersion: number | null;
  readonly receivedAt: number | null;
  readonly held: boolean;
  readonly pictureLost: boolean;
}

/** What decides whether the card is kept. */
async function findState(
  tx: Statements,
  { id }: KeptCard,
  lease: Lease | undefined,
  hash: string | undefined,
  now: Now,
): Promise<State> {
  const held = lease === undefined ? sql`true` : sql`EXISTS (SELECT FROM leases WHERE ${isHeldBy(lease)})`;
  const lost =
    hash === undefined
      ? sql`false`
      : // Asked once: the next attempt stores the bytes again.
        sql`EXISTS (SELECT FROM again)`;
  const row = await tx.first(sql<State>`
    WITH again AS (DELETE FROM removed_pictures WHERE hash = ${hash ?? ''} RETURNING hash)
    SELECT ${now()} AS now, EXISTS (SELECT FROM websites WHERE id = ${id.websiteId}) AS known,
      ${coveringPurge(id.websiteId, id.target)} AS purge, card.purge_version AS "purgeVersion",
      card.received_at AS "receivedAt", ${held} AS held, ${lost} AS "pictureLost"
    FROM (SELECT) AS one LEFT JOIN (SELECT purge_version, received_at FROM cards WHERE ${isCard(id)}) AS card ON true`);
  if (row === undefined) throw new Error('The database returned no row.');
  return row;
}

function refusal({ policy, purgeVersion }: KeptCard, found: State): Keeping | undefined {
  if (!found.known) return 'gone';
  if (found.purge > purgeVersion) return 'purged';
  if (found.receivedAt !== null && found.purgeVersion !== null && found.purgeVersion >= found.purge) {
    if (isNewer(found.receivedAt, wholeMs(policy.receivedAt), found.now)) return 'older';
  }
  return found.held ? undefined : 'late';
}

/** Writes the page's row and the card. Returns the page's id; undefined if a newer card was written meanwhile. */
async function writeCard(tx: Statements, card: KeptCard, { now, purge }: State): Promise<number | undefined> {
  const { id, outcome, policy, purgeVersion } = card;
  const drawnAt = outcome.kind === 'picture' ? wholeMs(outcome.renderedAt) : 0;
  const at = Math.min(now, Math.max(drawnAt, wholeMs(policy.receivedAt)));
  const drawn = outcome.kind === 'picture' ? sql`excluded.drawn_at` : sql`pages.drawn_at`;
  const values = { ...cardValues(card), asked_at: now };
  const columns = Object.keys(values);
  const row = await tx.first(sql<{ page_id: number }>`
    WITH page AS (
      INSERT INTO pages (website_id, target, kept_version, asked_at, drawn_at, fresh_until, gone, worked_at)
      VALUES (${id.websiteId}, ${id.target}, ${purgeVersion}, ${now}, ${drawnAt}, ${wholeMs(policy.freshUntil)},
        ${outcome.kind === 'picture' ? 0 : 1}, ${at})
      ON CONFLICT (website_id, target) DO UPDATE SET
        kept_version = greatest(pages.kept_version, excluded.kept_version), asked_at = excluded.asked_at,
        fresh_until = excluded.fresh_until, gone = excluded.gone, drawn_at = ${drawn},
        ${workedAt(sql`excluded.worked_at`, sql`excluded.asked_at`)}
      RETURNING id
    )
    INSERT INTO cards (page_id, ${sql.join(columns.map((name) => sql.ref(name)))})
    SELECT id, ${sql.join(Object.values(values).map(typed))} FROM page
    ON CONFLICT (page_id, consumer, variant) DO UPDATE
      SET ${sql.join(columns.map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`))}
      WHERE cards.purge_version < ${purge} OR cards.received_at <= excluded.received_at OR cards.received_at > ${now}
    RETURNING page_id`);
  return row?.page_id;
}

/** A value in a SELECT has the type of its text unless it says another. */
const typed = (value: string | number | null) =>
  typeof value === 'number' ? sql`${value}::bigint` : sql`${value}::text`;

/** Column values for a page that worked at `at`, whatever the order of writes. */
function workedAt(at: RawBuilder<unknown>, now: RawBuilder<unknown>) {
  // A time in the future is from before the clock was set back.
  return sql`worked_at = greatest(CASE WHEN pages.worked_at > ${now} THEN 0 ELSE pages.worked_at END, ${at}),
    failed_at = CASE WHEN pages.failed_at > ${now} THEN 0 ELSE pages.failed_at END`;
}
