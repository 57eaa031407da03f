import { infiniteQueryOptions, keepPreviousData, type Query, queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { PageRow, PageRows, PageSort, PageState } from './types.ts';

/** Which pages are listed, and in which order. */
export interface PageFilter {
  /** A part of path and query; empty for all. */
  readonly search: string;
  readonly state: PageState | null;
  readonly sort: PageSort;
  readonly order: 'asc' | 'desc';
}

const rowsAtOnce = 50;
// More are not asked for again by themselves: that is a request for every fifty rows.
const mostRenewed = 4;

/** The rows of a website's pages, fifty at a time; the rows of the search before are shown until they are there. */
export const pages = (websiteId: number, filter: PageFilter) =>
  infiniteQueryOptions({
    queryKey: pagesKey(websiteId, filter),
    queryFn: ({ pageParam, signal }) =>
      json<PageRows>(`/api/v1/websites/${websiteId}/pages?${queryOf(filter, pageParam)}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    // Thousands of rows are compared in vain: the ones that are there already stay the same objects.
    structuralSharing: false,
    refetchOnMount: isRenewed,
    refetchOnWindowFocus: isRenewed,
    refetchInterval: (query) => isRenewed(query) && 15_000,
    select: ({ pages }) => rowsOf(pages),
  });

/** The pages that were drawn last. */
export const latestPages = (websiteId: number, count: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'latest', count],
    queryFn: ({ signal }) =>
      json<PageRows>(`/api/v1/websites/${websiteId}/pages?sort=drawn&order=desc&limit=${count}`, { signal }).then(
        ({ pages }) => pages,
      ),
  });

export function pagesKey(websiteId: number, filter?: PageFilter) {
  return ['websites', websiteId, 'pages', ...(filter === undefined ? [] : [filter])] as const;
}

/** Whether so few rows are loaded that they can be asked for again at any time. */
export function isRenewed({ state }: Pick<Query, 'state'>): boolean {
  const data = state.data as { pages: unknown[] } | undefined;
  return (data?.pages.length ?? 0) <= mostRenewed;
}

/** All rows; a page that changed its place between two requests is listed once. */
function rowsOf(parts: readonly PageRows[]): PageRow[] {
  const rows = new Map<string, PageRow>();
  for (const { pages } of parts) for (const row of pages) if (!rows.has(row.target)) rows.set(row.target, row);
  return [...rows.values()];
}

function queryOf({ search, state, sort, order }: PageFilter, cursor: string | null): string {
  return new URLSearchParams({
    ...(search === '' ? {} : { search }),
    ...(state === null ? {} : { state }),
    sort,
    order,
    limit: String(rowsAtOnce),
    ...(cursor === null ? {} : { cursor }),
  }).toString();
}
