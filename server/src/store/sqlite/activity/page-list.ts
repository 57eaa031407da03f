import { sql } from 'kysely';
import { type EpochMs, epochMs } from '../../../model/units.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { FailingPage, ListedPage, PageList, PageQuery, PageState } from '../../ports/activity.ts';
import { listedPage, type PageRow } from '../../records/listed-page.ts';
import { failureOf, troubleOf } from '../../records/page-conditions.ts';
import { titleSearch } from '../../records/title-search.ts';
import { coveringPurge } from '../changes/purges.ts';
import type { Database } from '../database.ts';
import { decisionsOf } from './decisions.ts';

const columns = { target: 'target', drawn: 'drawn_at', asked: 'asked_at', requests: 'requests' } as const;

// Up to this many search results are sorted at once; beyond it, rows are scanned in order, where the first matches are
// near.
const mostFound = 5000;
// The shortest text that the trigram index finds.
const shortestFound = 3;

/** Rows of one website in the order of an index, starting after the cursor. */
export function listPages(db: Database, websiteId: WebsiteId, query: PageQuery, now: EpochMs): PageList {
  const column = columns[query.sort];
  const { after, order, limit } = query;
  const beyond = sql.raw(order === 'asc' ? '>' : '<');
  let select = db.query
    .selectFrom('pages')
    .select([
      'id',
      'target',
      'title',
      'kept_version',
      'asked_at',
      'drawn_at',
      'fresh_until',
      'requests',
      'failed_at',
      'worked_at',
      'gone',
    ])
    .where('website_id', '=', websiteId)
    .orderBy(column, order)
    .orderBy('id', order)
    .limit(limit + 1);
  if (after !== null) {
    select = select.where(sql<boolean>`(${sql.ref(column)}, id) ${beyond} (${after.value}, ${after.id})`);
  }
  if (query.state !== null) select = select.where(isInState(query.state, now, newestWebsitePurge(db, websiteId)));
  if (query.search !== '') {
    const found = find(db, query.search);
    select = found === undefined ? select.where(holds(query.search)) : select.where('id', 'in', found);
  }
  const rows = db.all(select);
  const given = rows.slice(0, limit);
  const last = given.at(-1);
  return {
    pages: given.map((row) => listed(db, websiteId, row, now)),
    next: rows.length > limit && last !== undefined ? { value: last[column], id: last.id } : null,
  };
}

export function failingPages(db: Database, websiteId: WebsiteId, limit: number) {
  const { query } = db;
  const failing = query.selectFrom('pages').where('website_id', '=', websiteId).where(isFailing);
  const count = db.first(failing.select((e) => e.fn.countAll<number>().as('count')))?.count ?? 0;
  const newest = db.all(failing.select(['target', 'failed_at']).orderBy('failed_at', 'desc').limit(limit));
  return {
    count,
    newest: newest.map(({ target, failed_at }): FailingPage => {
      const failure = failureOf(decisionsOf(db, websiteId, target as Target));
      return { ...failure, target: target as Target, at: epochMs(failed_at) };
    }),
  };
}

/** Without an index. Case counts for letters that are not ASCII: SQLite folds no others. */
function holds(search: string) {
  const [target, title] = [search.toLowerCase(), titleSearch(search).replaceAll(/[A-Z]/g, (one) => one.toLowerCase())];
  return sql<boolean>`(instr(lower(target), ${target}) > 0 OR instr(lower(title), ${title}) > 0)`;
}

/** Ids of pages, of all websites, whose target or title contains the text; undefined if no index helps. */
function find(db: Database, search: string): number[] | undefined {
  const title = titleSearch(search);
  if ([...title].length < shortestFound) return undefined;
  const match = sql<boolean>`page_search MATCH ${`target : ${phrase(search)} OR title : ${phrase(title)}`}`;
  const rows = db.all(
    db.query
      .selectFrom('page_search')
      .select('rowid')
      .where(match)
      .limit(mostFound + 1),
  );
  return rows.length > mostFound ? undefined : rows.map(({ rowid }) => rowid);
}

const phrase = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Worded like the index, so that SQLite uses it. */
const isFailing = sql<boolean>`failed_at > worked_at`;

/** By the columns alone; a purged prefix takes effect here when its pages are swept. */
function isInState(state: PageState, now: EpochMs, purge: number) {
  const holds = sql<boolean>`failed_at <= worked_at AND gone = 0`;
  switch (state) {
    case 'failing':
      return isFailing;
    case 'gone':
      return sql<boolean>`gone = 1 AND failed_at <= worked_at`;
    case 'fresh':
      return sql<boolean>`${holds} AND fresh_until > ${now} AND kept_version >= ${purge}`;
    case 'stale':
      return sql<boolean>`${holds} AND (fresh_until <= ${now} OR kept_version < ${purge})`;
  }
}

function newestWebsitePurge(db: Database, websiteId: WebsiteId): number {
  const purges = db.query.selectFrom('purges').select('seq').where('website_id', '=', websiteId);
  return db.first(purges.where('kind', '=', 'website').where('value', '=', ''))?.seq ?? 0;
}

interface Row extends PageRow {
  readonly id: number;
}

function listed(db: Database, websiteId: WebsiteId, row: Row, now: EpochMs): ListedPage {
  const target = row.target as Target;
  const purge = db.first(db.query.selectNoFrom(coveringPurge(websiteId, target).as('seq')))?.seq ?? 0;
  const cards = db.all(
    db.query
      .selectFrom('cards')
      .select(['consumer', 'variant', 'outcome', 'head', 'policy', 'version_tag', 'received_at'])
      .where('page_id', '=', row.id)
      .where('purge_version', '>=', purge)
      .orderBy(sql`consumer <> 'generic'`)
      .orderBy('consumer')
      .orderBy('variant'),
  );
  const failure = troubleOf(row) === null ? null : failureOf(decisionsOf(db, websiteId, target));
  return listedPage(row, purge, cards, failure, now);
}
