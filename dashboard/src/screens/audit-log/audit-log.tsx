import { Button, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { auditLog } from '../../api/audit-log.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Lines } from '../../parts/lines.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { daysOf } from './days.ts';
import { Entry } from './entry.tsx';
import { Filters } from './filters.tsx';
import { useAuditFilter } from './use-audit-filter.ts';

const words = text.auditLog;

/** Who changed what of a website. */
export function Component() {
  const { id, role } = useWebsite();
  return (
    <Screen title={words.title} lead={words.lead} width={860}>
      {role === 'viewer' ? <Text>{words.notForViewers}</Text> : <Log key={id} websiteId={id} />}
    </Screen>
  );
}

function Log({ websiteId }: { readonly websiteId: number }) {
  const [filter, change] = useAuditFilter();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = useInfiniteQuery(
    auditLog(websiteId, filter),
  );
  const isFiltered = filter.subject !== null || filter.actor !== null;
  return (
    <>
      <Filters websiteId={websiteId} filter={filter} change={change} />
      {data === undefined ? (
        error === null && <SkeletonLines count={6} />
      ) : data.length === 0 ? (
        <Stack align="flex-start" gap="sm" role="status">
          <Text>{isFiltered ? words.noneFound : words.none}</Text>
          {isFiltered && (
            <Button variant="light" size="xs" onClick={() => change({ subject: null, actor: null })}>
              {words.showAll}
            </Button>
          )}
        </Stack>
      ) : (
        <Stack gap="lg" aria-busy={isPlaceholderData}>
          {daysOf(data).map(({ name, entries }) => (
            <Section key={name} title={name}>
              <Lines label={name}>
                {entries.map((entry) => (
                  <Entry key={entry.id} websiteId={websiteId} entry={entry} />
                ))}
              </Lines>
            </Section>
          ))}
        </Stack>
      )}
      {error !== null && <ErrorNote error={error} retry={refetch} />}
      {hasNextPage && (
        <Button
          variant="light"
          style={{ alignSelf: 'flex-start' }}
          loading={isFetchingNextPage}
          onClick={() => fetchNextPage()}
        >
          {words.more}
        </Button>
      )}
    </>
  );
}
