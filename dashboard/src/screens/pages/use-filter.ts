import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { PageFilter } from '../../api/pages.ts';
import type { PageSort, PageState } from '../../api/types.ts';

export const states = ['fresh', 'stale', 'failing', 'gone'] as const satisfies readonly PageState[];
const sorts = ['target', 'drawn', 'asked', 'requests'] as const satisfies readonly PageSort[];

/** Addresses are read from A on; of everything else the newest or the most is looked for. */
export const usualOrder = (sort: PageSort): PageFilter['order'] => (sort === 'target' ? 'asc' : 'desc');

/** The filter as the address of the screen has it: it can be kept, shared and gone back to. */
export function useFilter(): readonly [PageFilter, (change: Partial<PageFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => read(params), [params]);
  const change = useCallback(
    (part: Partial<PageFilter>) => setParams((now) => write({ ...read(now), ...part }), { replace: true }),
    [setParams],
  );
  return [filter, change];
}

function read(params: URLSearchParams): PageFilter {
  const sort = sorts.find((one) => one === params.get('sort')) ?? 'target';
  const order = params.get('order');
  return {
    search: params.get('search') ?? '',
    state: states.find((one) => one === params.get('state')) ?? null,
    sort,
    order: order === 'asc' || order === 'desc' ? order : usualOrder(sort),
  };
}

/** What is as usual is not said. */
function write({ search, state, sort, order }: PageFilter): Record<string, string> {
  return {
    ...(search === '' ? {} : { search }),
    ...(state === null ? {} : { state }),
    ...(sort === 'target' ? {} : { sort }),
    ...(order === usualOrder(sort) ? {} : { order }),
  };
}
