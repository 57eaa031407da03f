import { type RawBuilder, sql } from 'kysely';
import { type EpochMs, epochMs } from '../../../model/units.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { FailingPage, ListedPage, PageList, PageQuery, PageState } from '../../ports/activity.ts';
import { listedPage, type PageCardRow, type PageRow } from '../../records/listed-page.ts';
import { failureOf, troubleOf } from '../../records/page-conditions.ts';
import { titleSearch } from '../../records/title-search.ts';
import { coveringPurge } from '../changes/purges.ts';
import type { Statements } from '../connection/database.ts';
import { decisionsOf } from './decisions.ts';

const columns = { target: 'target', drawn: 'drawn_at', asked: 'asked_at', requests: 'requests' } as const;

/** Rows of one website in the order of an index, starting after the cursor. */
export async function listPages(
  db: Statements,
  websiteId: WebsiteId,
  { sort, order, after, state, search, limit }: PageQuery,
  now: EpochMs,
): Promise<PageList> {
  const column = columns[sort];
  const [name, direction, beyond] = [sql.ref(column), sql.raw(order), sql.raw(order === 'asc' ? '>' : '<')];
  const type = sql.raw(sort === 'target' ? 'text' : 'bigint');
  const conditions: RawBuilder<boolean>[] = [sql`website_id = ${websiteId}`];
  if (after !== null) conditions.push(sql`(${name}, id) ${beyond} (${after.value}::${type}, ${after.id}::bigint)`);
  if (state !== null) conditions.push(isInState(state, websiteId, now));
  if (search !== '') conditions.push(sql`(${holds('target', search)} OR ${holds('title', titleSearch(search))})`);
  const rows = await db.all(sql<Row>`
    SELECT id, target, title, kept_version, asked_at, drawn_at, fresh_until, requests, failed_at, worked_at, gone,
      ${coveringPurge(websiteId, sql`pages.target`)} AS purge
    FROM pages WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY ${name} ${direction}, id ${direction} LIMIT ${limit + 1}`);
  const given = rows.slice(0, limit);
  const last = given.at(-1);
  const cards = await cardsOf(db, given);
  const pages: ListedPage[] = [];
  for (const row of given) {
    const hasCard = troubleOf(row) === null;
    const failure = hasCard ? null : failureOf(await decisionsOf(db, websiteId, row.target));
    pages.push(listedPage(row, row.purge, cards.get(row.id) ?? [], failure, now));
  }
  return {
    pages,
    next: rows.length > limit && last !== undefined ? { value: last[column], id: last.id } : null,
  };
}

export async function failingPages(db: Statements, websiteId: WebsiteId, limit: number) {
  const failing = sql`FROM pages WHERE website_id = ${websiteId} AND ${isFailing}`;
  const count = (await db.first(sql<{ count: number }>`SELECT count(*) AS count ${failing}`))?.count ?? 0;
  const rows = await db.all(sql<{ target: Target; failed_at: number }>`
    SELECT target, failed_at ${failing} ORDER BY failed_at DESC LIMIT ${limit}`);
  const newest: FailingPage[] = [];
  for (const { target, failed_at } of rows) {
    const failure = failureOf(await decisionsOf(db, websiteId, target));
    newest.push({ ...failure, target, at: epochMs(failed_at) });
  }
  return { count, newest };
}

/** Worded like the index, so that Postgres uses it. */
const isFailing = sql<boolean>`failed_at > worked_at`;

/** By the columns alone; a purged prefix takes effect here when its pages are swept. */
function isInState(state: PageState, websiteId: WebsiteId, now: EpochMs): RawBuilder<boolean> {
  const holds = sql<boolean>`failed_at <= worked_at AND gone = 0`;
  const purge = sql`coalesce((SELECT seq FROM purges WHERE website_id = ${websiteId} AND kind = 'website' AND value = ''), 0)`;
  const time = sql`${Math.floor(now)}::bigint`;
  switch (state) {
    case 'failing':
      return isFailing;
    case 'gone':
      return sql<boolean>`gone = 1 AND failed_at <= worked_at`;
    case 'fresh':
      return sql<boolean>`${holds} AND fresh_until > ${time} AND kept_version >= ${purge}`;
    case 'stale':
      return sql<boolean>`${holds} AND (fresh_until <= ${time} OR kept_version < ${purge})`;
  }
}

/** Worded like the indexes of trigrams, so that Postgres may use them. */
function holds(column: 'target' | 'title', text: string): RawBuilder<boolean> {
  return sql`lower(${sql.ref(column)}) LIKE ${`%${likeText(text.toLowerCase())}%`}`;
}

/** Text that LIKE takes as it is. */
const likeText = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

interface Row extends PageRow {
  readonly id: number;
  readonly target: Target;
  /** The version of the newest purge that covers it. */
  readonly purge: number;
}

interface CardRow extends PageCardRow {
  readonly page_id: number;
}

/** The cards of the pages that are not void, the generic one first. */
async function cardsOf(db: Statements, pages: readonly Row[]): Promise<ReadonlyMap<number, CardRow[]>> {
  const rows = await db.all(sql<CardRow>`
    SELECT page_id, consumer, variant, outcome, head, policy, version_tag, received_at
    FROM unnest(${pages.map(({ id }) => id)}::bigint[], ${pages.map(({ purge }) => purge)}::bigint[]) AS page (id, purge)
    JOIN cards ON cards.page_id = page.id AND cards.purge_version >= page.purge
    ORDER BY page_id, consumer <> 'generic', consumer, variant`);
  return Map.groupBy(rows, ({ page_id }) => page_id);
}
