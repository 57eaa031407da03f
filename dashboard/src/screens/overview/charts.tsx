import { Center, SimpleGrid, Stack, Text } from '@mantine/core';
import { lazy } from 'react';
import type { Usage } from '../../api/types.ts';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { ConsumerName } from '../../parts/consumer-name.tsx';
import { numberOf, percentOf } from '../../parts/numbers.ts';
import { millisecondsOf } from '../../parts/span-of.ts';
import { text } from '../../text/text.ts';
import { ChartCard } from './chart-card.tsx';
import { courseOf, spanOfUsage } from './course.ts';
import { FiguresTable } from './figures-table.tsx';

const words = text.overview;
// The library of charts weighs more than all the rest: it comes when numbers are there already.
const RequestsChart = lazy(() => import('./requests-chart.tsx'));
const TimesChart = lazy(() => import('./times-chart.tsx'));
const ConsumersChart = lazy(() => import('./consumers-chart.tsx'));

const [wideHeight, height] = [280, 320];

/** The period by days or hours, and who asked. */
export function Charts({ usage }: { usage: Usage }) {
  const { consumers, total } = usage;
  const labelOf = useConsumerLabel();
  const course = courseOf(usage);
  const newestFirst = course.steps.toReversed();
  const [column, span] = [words.columns[course.unit], spanOfUsage(usage)];
  const [requestsTitle, timesTitle] = [words.requestsTitle[course.unit], words.timesTitle[course.unit]];
  const isDrawn = total.renderP50 !== null;
  return (
    <Stack gap="md">
      <ChartCard
        title={requestsTitle}
        lead={words.requestsLead}
        says={words.requestsChart(span, course.unit, numberOf(total.requests))}
        height={wideHeight}
        chart={<RequestsChart course={course} height={wideHeight} />}
        table={
          <FiguresTable
            caption={requestsTitle}
            head={[column, words.columns.requests, ...Object.values(words.series)]}
            rows={newestFirst.map(({ at, requests, hits, checked, drawn, failures }) => ({
              key: at,
              name: course.long(at),
              cells: [requests, hits, checked, drawn, failures].map(numberOf),
            }))}
          />
        }
      />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <ChartCard
          title={timesTitle}
          lead={words.timesLead}
          says={isDrawn ? words.timesChart(span, course.unit) : words.timesNone}
          height={height}
          chart={
            isDrawn ? (
              <TimesChart course={course} height={height} />
            ) : (
              <Center h={height}>
                <Text c="dimmed">{words.timesNone}</Text>
              </Center>
            )
          }
          table={
            <FiguresTable
              caption={timesTitle}
              head={[column, ...Object.values(words.times)]}
              rows={newestFirst.map(({ at, renderP50, renderP95 }) => ({
                key: at,
                name: course.long(at),
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
