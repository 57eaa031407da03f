import { notifications } from '@mantine/notifications';
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { isRenewed, pagesKey } from '../../api/pages.ts';
import { covers, type PurgeScope, PurgeStopped, purge } from '../../api/purges.ts';
import type { PageRow, PageRows, Website } from '../../api/types.ts';
import { readableTarget } from '../../parts/readable-target.ts';
import { text } from '../../text/text.ts';

const words = text.pages;
type Rows = InfiniteData<PageRows>;

/** Purges: the rows show it at once, and as they were if the service refuses. */
export function usePurges({ id, host }: Website) {
  const client = useQueryClient();
  const queryKey = pagesKey(id);
  const mark = (scope: PurgeScope) => {
    const isCovered = covers(scope);
    client.setQueriesData<Rows>({ queryKey }, (rows) => rows && purgedIn(rows, isCovered));
  };
  return useMutation({
    mutationFn: (scope: PurgeScope) => purge(id, scope),
    onMutate: async (scope) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueriesData<Rows>({ queryKey });
      mark(scope);
      return { before };
    },
    onSuccess: (_, scope) => {
      const title = words.purged(nameOf(scope, host));
      notifications.show({ title, message: words.purgedWhy, color: 'teal' });
    },
    onError: (error, scope, context) => {
      for (const [key, rows] of context?.before ?? []) client.setQueryData(key, rows);
      const isPart = error instanceof PurgeStopped && scope.kind === 'pages';
      if (isPart) mark({ kind: 'pages', targets: scope.targets.slice(0, error.done) });
      const message = isPart ? words.partlyPurged(error.done, error.message) : error.message;
      const title = isPart ? words.notAllPurged : words.notPurged;
      notifications.show({ title, message, color: 'red', role: 'alert' });
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey, predicate: isRenewed }),
        client.invalidateQueries({ queryKey: ['websites', id, 'page'] }),
      ]),
  });
}

function purgedIn(rows: Rows, isCovered: (target: string) => boolean): Rows {
  return {
    ...rows,
    pages: rows.pages.map((part) => ({
      ...part,
      pages: part.pages.map((row) => (isCovered(row.target) ? purged(row) : row)),
    })),
  };
}

/** What gave no card last is still so; of everything else nothing is kept. The service says the rest a moment later. */
function purged(row: PageRow): PageRow {
  const without = { ...row, freshUntil: null, picture: null, consumers: [] };
  if (row.state === 'failing' || row.state === 'gone') return without;
  return { ...without, state: 'stale', status: { kind: 'purged', says: '', until: null } };
}

function nameOf(scope: PurgeScope, host: string): string {
  if (scope.kind === 'website') return words.everything(host);
  if (scope.kind === 'prefix') return words.prefix(readableTarget(scope.prefix));
  const [only, ...others] = scope.targets;
  return only !== undefined && others.length === 0 ? readableTarget(only) : words.thesePages(scope.targets.length);
}
