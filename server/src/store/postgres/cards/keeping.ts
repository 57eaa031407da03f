import { type RawBuilder, sql } from 'kysely';
import type { KeptCard } from '../../../model/card.ts';
import { listedTitle } from '../../../model/networks/page-title.ts';
import type { Keeping, KeepOptions } from '../../ports/cards.ts';
import { cardValues } from '../../records/card-rows.ts';
import { wholeMs } from '../../records/whole-ms.ts';
import { coveringPurge } from '../changes/purges.ts';
import type { Now } from '../clock.ts';
import type { Prepared } from '../connection/database.ts';
import { isHeldBy, releasing } from '../leases.ts';
import { workedAt } from './worked-at.ts';

/** What became of a card that was to be kept. */
export interface KeptRow {
  /** Why nothing was written; null if it was. `picture lost`: a sweep removed its bytes, which are to be stored again. */
  readonly refused: Exclude<Keeping, 'kept'> | 'picture lost' | null;
  /** Null also if a newer card was written at the same moment. */
  readonly page: number | null;
  /** How many the website has now. */
  readonly pages: number;
}

/**
 * Keeps a card and releases its lease, unless it may not be kept: all of it in one statement. The picture's lock must be
 * taken by a statement before it (`lockPicture`), so that this one sees what was removed.
 */
export function keeping(card: KeptCard, { lease, tags }: KeepOptions, now: Now): Prepared<KeptRow> {
  const { id, outcome, policy, purgeVersion } = card;
  const isPicture = outcome.kind === 'picture';
  const drawnAt = isPicture ? wholeMs(outcome.renderedAt) : 0;
  const receivedAt = wholeMs(policy.receivedAt);
  const values = cardValues(card);
  const columns = Object.keys(values);
  const names = sql.join(columns.map((name) => sql.ref(name)));
  const replaced = sql.join([...columns, 'asked_at'].map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`));
  const shownTags = tags === undefined ? null : JSON.stringify(tags);
  const title = tags === undefined ? null : listedTitle(tags);
  const query = sql<KeptRow>`
    WITH lost AS (DELETE FROM removed_pictures WHERE hash = ${isPicture ? outcome.picture.hash : ''} RETURNING hash),
    held AS (${lease === undefined ? sql`SELECT` : sql`SELECT FROM leases WHERE ${isHeldBy(lease)} FOR UPDATE`}),
    found AS (
      SELECT ${now()} AS now, EXISTS (SELECT FROM websites WHERE id = ${id.websiteId}) AS known,
        ${coveringPurge(id.websiteId, id.target)} AS purge,
        page.id IS NULL AS is_new, card.purge_version, card.received_at
      FROM (SELECT) AS one
        LEFT JOIN pages AS page ON page.website_id = ${id.websiteId} AND page.target = ${id.target}
        LEFT JOIN cards AS card ON card.page_id = page.id AND card.consumer = ${id.consumer} AND card.variant = ${id.variant}
    ),
    verdict AS (
      SELECT found.*, CASE
        WHEN EXISTS (SELECT FROM lost) THEN 'picture lost'
        WHEN NOT known THEN 'gone'
        WHEN purge > ${purgeVersion} THEN 'purged'
        WHEN purge_version >= purge AND received_at > ${receivedAt} AND received_at <= now THEN 'older'
        WHEN NOT EXISTS (SELECT FROM held) THEN 'late'
      END AS refused
      FROM found
    ),
    page AS (
      INSERT INTO pages
        (website_id, target, kept_version, asked_at, drawn_at, fresh_until, gone, worked_at, tags, title)
      SELECT ${id.websiteId}::bigint, ${id.target}::text, ${purgeVersion}::bigint, now, ${drawnAt}::bigint,
        ${wholeMs(policy.freshUntil)}::bigint, ${isPicture ? 0 : 1}::smallint,
        least(now, ${Math.max(drawnAt, receivedAt)}::bigint), ${shownTags}::text, ${title}::text
      FROM verdict WHERE refused IS NULL
      ON CONFLICT (website_id, target) DO UPDATE SET
        kept_version = greatest(pages.kept_version, excluded.kept_version), asked_at = excluded.asked_at,
        fresh_until = excluded.fresh_until, gone = excluded.gone,
        drawn_at = CASE WHEN excluded.gone = 0 THEN excluded.drawn_at ELSE pages.drawn_at END,
        tags = coalesce(excluded.tags, pages.tags),
        title = CASE WHEN excluded.tags IS NULL THEN pages.title ELSE excluded.title END,
        ${workedAt(sql`excluded.worked_at`, sql`excluded.asked_at`)}
      RETURNING id
    ),
    kept AS (
      INSERT INTO cards (page_id, ${names}, asked_at)
      SELECT page.id, ${sql.join(Object.values(values).map(typed))}, verdict.now FROM page, verdict
      ON CONFLICT (page_id, consumer, variant) DO UPDATE SET ${replaced}
      WHERE cards.purge_version < (SELECT purge FROM verdict) OR cards.received_at <= excluded.received_at
        OR cards.received_at > excluded.asked_at
      RETURNING page_id
    ),
    released AS (${lease === undefined ? sql`SELECT` : sql`${releasing(lease)} AND EXISTS (SELECT FROM kept)`})
    SELECT refused, (SELECT page_id FROM kept) AS page,
      coalesce((SELECT count FROM page_counts WHERE website_id = ${id.websiteId}), 0) + is_new::integer AS pages
    FROM verdict`;
  return { name: lease === undefined ? 'keep card' : 'keep card under lease', query };
}

/** A value in a SELECT has the type of its text unless it says another. */
function typed(value: string | number | null): RawBuilder<unknown> {
  return typeof value === 'number' ? sql`${value}::bigint` : sql`${value}::text`;
}
