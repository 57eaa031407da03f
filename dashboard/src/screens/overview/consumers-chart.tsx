import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import type { Usage } from '../../api/types.ts';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { numberOf, shortNumberOf } from '../../parts/numbers.ts';
import { text } from '../../text/text.ts';

const words = text.overview;

/** Requests by network; of each bar the dark part was answered from what is kept. */
export default function ConsumersChart({ consumers, height }: { consumers: Usage['consumers']; height: number }) {
  const labelOf = useConsumerLabel();
  const data = consumers.map(({ consumer, requests, hits }) => ({
    // No-break spaces: there is one line for each.
    name: labelOf(consumer).replaceAll(' ', '\u00a0'),
    hits,
    others: Math.max(0, requests - hits),
  }));
  return (
    <BarChart
      h={height}
      data={data}
      dataKey="name"
      orientation="vertical"
      type="stacked"
      series={[
        { name: 'hits', label: words.series.hits, color: 'sea.6' },
        { name: 'others', label: words.others, color: 'sea.2' },
      ]}
      withLegend
      legendProps={{ verticalAlign: 'bottom', itemSorter: null }}
      tickLine="none"
      gridAxis="y"
      valueFormatter={numberOf}
      xAxisProps={{ tickFormatter: shortNumberOf }}
      yAxisProps={{ width: 124, interval: 0 }}
      tooltipAnimationDuration={0}
      maxBarWidth={18}
      barChartProps={{ accessibilityLayer: false }}
      barProps={{ isAnimationActive: false }}
    />
  );
}
