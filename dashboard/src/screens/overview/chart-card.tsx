import { ActionIcon, ScrollArea, Skeleton, Tooltip } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { type ReactNode, Suspense, useState } from 'react';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';

const words = text.overview;

export interface ChartCardProps {
  readonly title: string;
  readonly lead: string;
  /** What the picture shows, for who does not see it. */
  readonly says: string;
  /** CSS pixels; the table and what stands for both while they come are as high. */
  readonly height: number;
  readonly chart: ReactNode;
  readonly table: ReactNode;
}

/** Numbers as a picture or, at a press, as a table. */
export function ChartCard({ title, lead, says, height, chart, table }: ChartCardProps) {
  const [isTable, setTable] = useState(false);
  const other = isTable ? words.asChart : words.asTable;
  return (
    <Section
      title={title}
      lead={lead}
      actions={
        <Tooltip label={other}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${title}: ${words.asTable.toLowerCase()}`}
            aria-pressed={isTable}
            onClick={() => setTable(!isTable)}
          >
            {isTable ? <IconChartBar size={18} /> : <IconTable size={18} />}
          </ActionIcon>
        </Tooltip>
      }
    >
      {isTable ? (
        <ScrollArea.Autosize
          mah={height}
          mih={height}
          viewportProps={{ tabIndex: 0, 'aria-label': title, role: 'group' }}
        >
          {table}
        </ScrollArea.Autosize>
      ) : (
        <div role="img" aria-label={says} style={{ minHeight: height }}>
          <Suspense fallback={<Skeleton h={height} />}>{chart}</Suspense>
        </div>
      )}
    </Section>
  );
}
