import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import type { UsageDay } from '../../api/types.ts';
import { longDay, shortDay } from '../../parts/readable-day.ts';
import { millisecondsOf } from '../../parts/span-of.ts';
import { text } from '../../text/text.ts';

const words = text.overview.times;

/** How long drawings took, day by day; a day without one has no point. */
export default function TimesChart({ days, height }: { days: readonly UsageDay[]; height: number }) {
  return (
    <LineChart
      h={height}
      data={days.map((day) => ({ ...day }))}
      dataKey="day"
      series={[
        { name: 'renderP50', label: words.p50, color: 'sea.6' },
        { name: 'renderP95', label: words.p95, color: 'yellow.6', strokeDasharray: '5 3' },
      ]}
      withLegend
      legendProps={{ verticalAlign: 'bottom', itemSorter: null }}
      curveType="monotone"
      connectNulls={false}
      withDots={days.length < 10 || days.some(isAlone)}
      tickLine="none"
      gridAxis="x"
      valueFormatter={millisecondsOf}
      yAxisProps={{ tickFormatter: millisecondsOf, width: 52 }}
      xAxisProps={{ tickFormatter: shortDay, minTickGap: 28 }}
      tooltipProps={{ labelFormatter: (day) => (typeof day === 'string' && day !== '' ? longDay(day) : '') }}
      tooltipAnimationDuration={0}
      lineChartProps={{ accessibilityLayer: false }}
      lineProps={{ isAnimationActive: false }}
    />
  );
}

/** Between days without drawings: no line leads there. */
function isAlone({ renderP50 }: UsageDay, at: number, days: readonly UsageDay[]): boolean {
  const isEmpty = (day: UsageDay | undefined) => (day?.renderP50 ?? null) === null;
  return renderP50 !== null && isEmpty(days[at - 1]) && isEmpty(days[at + 1]);
}
