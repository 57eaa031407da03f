import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Website } from '../../api/types.ts';
import { attention, usage } from '../../api/usage.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LatestCards } from '../../parts/latest-cards.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Section } from '../../parts/section.tsx';
import { WebsiteIcon } from '../../parts/website-icon.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { Attention } from './attention.tsx';
import { Charts } from './charts.tsx';
import { clockNote } from './clock-note.ts';
import { spanOfUsage } from './course.ts';
import { GettingStarted } from './getting-started.tsx';
import { PeriodChoice } from './period-choice.tsx';
import { Tiles, TilesSkeleton } from './tiles.tsx';
import { usePeriod } from './use-period.ts';

const words = text.overview;
// The most that the API tells of.
const longest = 366;

/** A website at a glance: what needs attention, and the figures of its cards. */
export function Component() {
  const website = useWebsite();
  return <Overview key={website.id} website={website} />;
}

function Overview({ website }: { website: Website }) {
  const [period, setPeriod] = usePeriod();
  const { data, error, refetch } = useQuery(usage(website.id, period));
  const isQuiet = data?.total.requests === 0;
  const ever = useQuery({ ...usage(website.id, { days: longest }), enabled: isQuiet });
  const isNew = isQuiet && ever.data?.total.requests === 0;
  const failing = useQuery(attention(website.id));
  // All at once: nothing moves down under who reads already.
  const isKnown = data !== undefined && (!isQuiet || ever.isFetched) && !failing.isPending;
  return (
    <Screen
      title={website.host}
      mark={<WebsiteIcon websiteId={website.id} size={28} />}
      lead={
        <Anchor href={website.origin} target="_blank" rel="noreferrer" inherit>
          {words.visit}
        </Anchor>
      }
      actions={isNew ? null : <PeriodChoice period={period} change={setPeriod} />}
    >
      {error && !data ? (
        <ErrorNote error={error} retry={refetch} />
      ) : !isKnown ? (
        <Stack gap="md">
          <Skeleton h={52} radius="lg" />
          <TilesSkeleton />
          <Skeleton h={400} radius="lg" />
        </Stack>
      ) : isNew ? (
        <GettingStarted website={website} />
      ) : (
        <Stack gap="md">
          <Attention websiteId={website.id} />
          <Tiles usage={data} />
          {data.total.slow > 0 && (
            <Text size="sm">
              {words.slow(data.total.slow)}{' '}
              <Anchor component={Link} to={`/websites/${website.id}/settings`} inherit>
                {words.toPatience}
              </Anchor>
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {clockNote(data)} {data.compared === null ? words.noTrend : words.trendWhy(spanOfUsage(data))}
          </Text>
          <Section title={words.latest}>
            <LatestCards websiteId={website.id} count={6} areLinks />
          </Section>
          <Charts usage={data} />
        </Stack>
      )}
    </Screen>
  );
}
