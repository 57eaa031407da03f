import { SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { websiteCosts } from '../../api/service.ts';
import type { WebsiteCosts } from '../../api/types.ts';
import { byteSize } from '../../parts/byte-size.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { spanOf } from '../../parts/span-of.ts';
import { text } from '../../text/text.ts';
import classes from './service.module.css';

const words = text.service;
const periods = [1, 7, 30];
const usual = 7;
const mostShown = 100;

/** The websites that cost most. */
export function Costs() {
  const [search, setSearch] = useSearchParams();
  const days = periods.find((one) => String(one) === search.get('days')) ?? usual;
  const { data, error, refetch } = useQuery(websiteCosts(days));
  return (
    <Section
      title={words.costs}
      lead={words.costsLead}
      actions={
        <SegmentedControl
          aria-label={words.period}
          data={periods.map((one) => ({ value: String(one), label: words.days(one) }))}
          value={String(days)}
          onChange={(value) => setSearch({ days: value }, { replace: true, preventScrollReset: true })}
        />
      }
    >
      {data !== undefined ? (
        <List websites={data.websites} />
      ) : error ? (
        <ErrorNote error={error} retry={refetch} />
      ) : (
        <SkeletonLines count={3} />
      )}
    </Section>
  );
}

function List({ websites }: Pick<WebsiteCosts, 'websites'>) {
  if (websites.length === 0) return <Text c="dimmed">{words.noCosts}</Text>;
  const most = Math.max(...websites.map(({ browserSeconds }) => browserSeconds), 0.001);
  return (
    <>
      <ul className={classes['costs']} aria-label={words.costs}>
        {websites.map(({ id, host, browserSeconds, drawings, fetches, bytes }) => (
          <li key={id}>
            <Text fw={550} truncate>
              {host}
            </Text>
            <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
              {browserTime(browserSeconds)} {words.cost.browser}
            </Text>
            <div className={classes['bar']} aria-hidden>
              <div style={{ width: `${(browserSeconds / most) * 100}%` }} />
            </div>
            <Text size="sm" c="dimmed" className={classes['figures'] ?? ''}>
              {words.cost.drawings(drawings)} · {words.cost.fetches(fetches)} · {words.cost.bytes(byteSize(bytes))}
            </Text>
          </li>
        ))}
      </ul>
      {websites.length === mostShown && (
        <Text size="sm" c="dimmed">
          {words.others}
        </Text>
      )}
    </>
  );
}

function browserTime(seconds: number): string {
  return seconds < 60 ? text.time.seconds(seconds.toFixed(1)) : spanOf(seconds);
}
