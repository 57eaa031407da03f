import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import type { UsageDay } from '../../api/types.ts';
import { numberOf, shortNumberOf } from '../../parts/numbers.ts';
import { longDay, shortDay } from '../../parts/readable-day.ts';
import { text } from '../../text/text.ts';

const words = text.overview.series;

/** How requests were answered, day by day: each is in one part of its bar. */
export default function RequestsChart({ days, height }: { days: readonly UsageDay[]; height: number }) {
  return (
    <BarChart
      h={height}
      data={days.map((day) => ({ ...day }))}
      dataKey="day"
      type="stacked"
      series={[
        { name: 'hits', label: words.hits, color: 'sea.6' },
        { name: 'checked', label: words.checked, color: 'sea.3' },
        { name: 'drawn', label: words.drawn, color: 'yellow.5' },
        { name: 'failures', label: words.failures, color: 'red.6' },
      ]}
      withLegend
      legendProps={{ verticalAlign: 'bottom', itemSorter: null }}
      tickLine="none"
      gridAxis="x"
      valueFormatter={numberOf}
      yAxisProps={{ tickFormatter: shortNumberOf, width: 44 }}
      xAxisProps={{ tickFormatter: shortDay, minTickGap: 28 }}
      tooltipProps={{ labelFormatter: (day) => (typeof day === 'string' && day !== '' ? longDay(day) : '') }}
      tooltipAnimationDuration={0}
      maxBarWidth={38}
      barChartProps={{ accessibilityLayer: false, barCategoryGap: days.length > 40 ? 1 : '18%' }}
      barProps={{ isAnimationActive: false }}
    />
  );
}
