import { Center, SimpleGrid, Stack, Text } from '@mantine/core';
import { lazy } from 'react';
import type { Usage } from '../../api/types.ts';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { ConsumerName } from '../../parts/consumer-name.tsx';
import { numberOf, percentOf } from '../../parts/numbers.ts';
import { longDay } from '../../parts/readable-day.ts';
import { millisecondsOf } from '../../parts/span-of.ts';
import { text } from '../../text/text.ts';
import { ChartCard } from './chart-card.tsx';
import { FiguresTable } from './figures-table.tsx';

const words = text.overview;
// The library of charts weighs more than all the rest: it comes when numbers are there already.
const RequestsChart = lazy(() => import('./requests-chart.tsx'));
const TimesChart = lazy(() => import('./times-chart.tsx'));
const ConsumersChart = lazy(() => import('./consumers-chart.tsx'));

const [wideHeight, height] = [280, 320];

/** The period day by day, and who asked. */
export function Charts({ usage: { days, consumers, total } }: { usage: Usage }) {
  const labelOf = useConsumerLabel();
  const newestFirst = days.toReversed();
  const isDrawn = total.renderP50 !== null;
  return (
    <Stack gap="md">
      <ChartCard
        title={words.requestsTitle}
        lead={words.requestsLead}
        says={words.requestsChart(days.length, numberOf(total.requests))}
        height={wideHeight}
        chart={<RequestsChart days={days} height={wideHeight} />}
        table={
          <FiguresTable
            caption={words.requestsTitle}
            head={[words.columns.day, words.columns.requests, ...Object.values(words.series)]}
            rows={newestFirst.map(({ day, requests, hits, checked, drawn, failures }) => ({
              key: day,
              name: longDay(day),
              cells: [requests, hits, checked, drawn, failures].map(numberOf),
            }))}
          />
        }
      />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <ChartCard
          title={words.timesTitle}
          lead={words.timesLead}
          says={isDrawn ? words.timesChart(days.length) : words.timesNone}
          height={height}
          chart={
            isDrawn ? (
              <TimesChart days={days} height={height} />
            ) : (
              <Center h={height}>
                <Text c="dimmed">{words.timesNone}</Text>
              </Center>
            )
          }
          table={
            <FiguresTable
              caption={words.timesTitle}
              head={[words.columns.day, ...Object.values(words.times)]}
              rows={newestFirst.map(({ day, renderP50, renderP95 }) => ({
                key: day,
                name: longDay(day),
                cells: [renderP50, renderP95].map((time) => (time === null ? words.none : millisecondsOf(time))),
              }))}
            />
          }
        />
        <ChartCard
          title={words.consumersTitle}
          lead={words.consumersLead}
          says={words.consumersChart(labelOf(consumers[0]?.consumer ?? ''), consumers.length)}
          height={height}
          chart={<ConsumersChart consumers={consumers} height={height} />}
          table={
            <FiguresTable
              caption={words.consumersTitle}
              head={[words.columns.consumer, words.columns.requests, words.columns.hitRatio]}
              rows={consumers.map((counts) => ({
                key: counts.consumer,
                name: <ConsumerName name={counts.consumer} />,
                cells: [numberOf(counts.requests), percentOf(counts.hitRatio ?? 0)],
              }))}
            />
          }
        />
      </SimpleGrid>
    </Stack>
  );
}
