import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { numberOf, shortNumberOf } from '../../parts/numbers.ts';
import { text } from '../../text/text.ts';
import type { Course } from './course.ts';

const words = text.overview.series;

/** How requests were answered, by day or hour: each is in one part of its bar. */
export default function RequestsChart({ course, height }: { course: Course; height: number }) {
  const { steps, short, long } = course;
  return (
    <BarChart
      h={height}
      data={steps.map((step) => ({ ...step }))}
      dataKey="at"
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
      xAxisProps={{ tickFormatter: short, minTickGap: 28 }}
      tooltipProps={{ labelFormatter: (at) => (typeof at === 'string' && at !== '' ? long(at) : '') }}
      tooltipAnimationDuration={0}
      maxBarWidth={38}
      barChartProps={{ accessibilityLayer: false, barCategoryGap: steps.length > 40 ? 1 : '18%' }}
      barProps={{ isAnimationActive: false }}
    />
  );
}
