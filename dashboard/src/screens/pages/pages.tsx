import { ActionIcon, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconEraser, IconKeyboard } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { useNavigate } from 'react-router';
import { pages } from '../../api/pages.ts';
import type { PageRow, Website } from '../../api/types.ts';
import { confirm } from '../../parts/confirm.tsx';
import { confirmByHost } from '../../parts/confirm-by-host.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { readableTarget } from '../../parts/readable-target.ts';
import { Screen } from '../../parts/screen.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { KeysHelp } from './keys-help.tsx';
import { NoRows } from './no-rows.tsx';
import { PageTable, type TableHandle } from './page-table.tsx';
import classes from './pages.module.css';
import { prefixIn, searchText } from './search-text.ts';
import { SelectionBar } from './selection-bar.tsx';
import { SkeletonRows } from './skeleton-rows.tsx';
import { Toolbar } from './toolbar.tsx';
import { useFilter } from './use-filter.ts';
import { usePurges } from './use-purges.ts';
import { useSelection } from './use-selection.ts';
import { useShortcuts } from './use-shortcuts.ts';

const words = text.pages;
const noRows: readonly PageRow[] = [];

/** The pages of a website: searched, sorted, purged. */
export function Component() {
  const website = useWebsite();
  return <Pages key={website.id} website={website} />;
}

function Pages({ website }: { website: Website }) {
  const base = `/websites/${website.id}`;
  const { host } = website;
  const canPurge = website.role !== 'viewer';
  const navigate = useNavigate();
  const [filter, change] = useFilter();
  const search = searchText(filter.search, website.origin);
  const query = useInfiniteQuery(pages(website.id, { ...filter, search }));
  const rows = query.data ?? noRows;
  const scope = `${filter.state} ${search}`;
  const selection = useSelection(rows, scope);
  const purges = usePurges(website);
  const field = useRef<HTMLInputElement>(null);
  const table = useRef<TableHandle>(null);
  const prefix = prefixIn(search);

  const { fetchNextPage } = query;
  const loadMore = useCallback(() => fetchNextPage({ cancelRefetch: false }), [fetchNextPage]);
  const addressOf = useCallback((target: string) => `${base}/page?target=${encodeURIComponent(target)}`, [base]);
  const purgeSelected = () => {
    purges.mutate({ kind: 'pages', targets: [...selection.targets] });
    selection.setAll(false);
  };
  const focused = () => table.current?.focused() ?? -1;
  const help = () => modals.open({ title: words.keys, children: <KeysHelp mayPurge={canPurge} /> });

  useShortcuts({
    isInRows: () => focused() >= 0,
    search: () => {
      field.current?.focus();
      field.current?.select();
    },
    help,
    purge: () => {
      const row = rows[focused()];
      if (!canPurge) return;
      if (selection.targets.size > 0) purgeSelected();
      else if (row) purges.mutate({ kind: 'pages', targets: [row.target] });
    },
    leave: () => {
      const hasSelection = selection.targets.size > 0;
      if (hasSelection) selection.setAll(false);
      else if (filter.search !== '') change({ search: '' });
      else return false;
      return true;
    },
    move: (to) => {
      const from = focused() >= 0 ? focused() : null;
      const there = to === 'first' ? 0 : to === 'last' ? rows.length - 1 : null;
      table.current?.focusOn(there ?? (from === null ? (table.current.active() ?? 0) : from + Number(to)));
    },
    open: () => {
      const row = rows[focused()];
      if (row) navigate(addressOf(row.target));
    },
    select: (isRange) => canPurge && selection.toggle(focused(), isRange),
    selectAll: () => canPurge && selection.setAll(true),
  });

  const askToPurgePrefix = (begin: string) =>
    confirm({
      title: words.purgePrefixTitle,
      why: words.purgePrefixWhy(readableTarget(begin)),
      action: words.purge,
      onConfirm: () => purges.mutate({ kind: 'prefix', prefix: begin }),
    });

  const askToPurgeWebsite = () =>
    confirmByHost({
      title: words.purgeWebsiteTitle(host),
      why: words.purgeWebsiteWhy,
      host,
      action: words.purgeWebsite,
      onConfirm: () => purges.mutate({ kind: 'website' }),
    });

  const actions = (
    <Group gap="xs">
      {canPurge && rows.length > 0 && (
        <Button variant="default" leftSection={<IconEraser size={16} />} onClick={askToPurgeWebsite}>
          {words.purgeWebsite}
        </Button>
      )}
      <Tooltip label={words.keys}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={words.keys}
          aria-keyshortcuts="?"
          onClick={help}
          visibleFrom="sm"
        >
          <IconKeyboard size={18} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
  const isOld = query.isPlaceholderData;
  const isEmpty = rows.length === 0 && search === '' && filter.state === null;
  return (
    <Screen title={words.title} lead={words.lead} actions={actions}>
      <Stack gap={0} className={`${classes['screen']} ${canPurge ? classes['canSelect'] : ''}`}>
        <Toolbar
          field={field}
          filter={filter}
          change={change}
          isSearching={isOld && query.isFetching}
          toRows={() => table.current?.focusOn(0)}
        />
        <Group justify="space-between" mih={34} pb={8} gap="xs">
          <Text size="sm" c="dimmed" role="status">
            {query.data && !isOld && !isEmpty ? words.shown(rows.length, !query.hasNextPage) : ''}
          </Text>
          {canPurge && prefix !== null && rows.length > 0 && (
            <Button size="compact-sm" variant="light" onClick={() => askToPurgePrefix(prefix)}>
              {words.purgePrefix(readableTarget(prefix))}
            </Button>
          )}
        </Group>
        {query.error && !query.data ? (
          <ErrorNote error={query.error} retry={query.refetch} />
        ) : query.data === undefined ? (
          <SkeletonRows count={10} canSelect={canPurge} isWhole />
        ) : rows.length === 0 ? (
          <NoRows filter={filter} base={base} showAll={() => change({ search: '', state: null })} />
        ) : (
          <PageTable
            handle={table}
            rows={rows}
            filter={{ ...filter, search }}
            change={change}
            selection={selection}
            canSelect={canPurge}
            addressOf={addressOf}
            isOld={isOld}
            hasMore={query.hasNextPage}
            failure={query.isFetchNextPageError ? query.error : null}
            isLoading={query.isFetching}
            loadMore={loadMore}
            scope={scope}
          />
        )}
      </Stack>
      <SelectionBar count={selection.targets.size} purge={purgeSelected} clear={() => selection.setAll(false)} />
    </Screen>
  );
}
