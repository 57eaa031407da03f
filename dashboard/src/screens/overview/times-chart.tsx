import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { millisecondsOf } from '../../parts/span-of.ts';
import { text } from '../../text/text.ts';
import type { Course, Step } from './course.ts';

const words = text.overview.times;

/** How long drawings took, by day or hour; one without a drawing has no point. */
export default function TimesChart({ course, height }: { course: Course; height: number }) {
  const { steps, short, long } = course;
  return (
    <LineChart
      h={height}
      data={steps.map((step) => ({ ...step }))}
      dataKey="at"
      series={[
        { name: 'renderP50', label: words.p50, color: 'sea.6' },
        { name: 'renderP95', label: words.p95, color: 'yellow.6', strokeDasharray: '5 3' },
      ]}
      withLegend
      legendProps={{ verticalAlign: 'bottom', itemSorter: null }}
      curveType="monotone"
      connectNulls={false}
      withDots={steps.length < 10 || steps.some(isAlone)}
      tickLine="none"
      gridAxis="x"
      valueFormatter={millisecondsOf}
      yAxisProps={{ tickFormatter: millisecondsOf, width: 62 }}
      xAxisProps={{ tickFormatter: short, minTickGap: 28 }}
      tooltipProps={{ labelFormatter: (at) => (typeof at === 'string' && at !== '' ? long(at) : '') }}
      tooltipAnimationDuration={0}
      lineChartProps={{ accessibilityLayer: false }}
      lineProps={{ isAnimationActive: false }}
    />
  );
}

/** Between steps without drawings: no line leads there. */
function isAlone({ renderP50 }: Step, nth: number, steps: readonly Step[]): boolean {
  const isEmpty = (step: Step | undefined) => (step?.renderP50 ?? null) === null;
  return renderP50 !== null && isEmpty(steps[nth - 1]) && isEmpty(steps[nth + 1]);
}
