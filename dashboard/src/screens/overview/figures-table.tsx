import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export interface FiguresTableProps {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell names the row. */
  readonly rows: ReadonlyArray<{ readonly key: string; readonly name: ReactNode; readonly cells: readonly string[] }>;
}

/** What a chart shows, in numbers. */
export function FiguresTable({ caption, head, rows }: FiguresTableProps) {
  return (
    <Table stickyHeader fz="sm" verticalSpacing={5} tabularNums aria-label={caption}>
      <Table.Thead>
        <Table.Tr>
          {head.map((name, index) => (
            <Table.Th key={name} scope="col" ta={index === 0 ? 'left' : 'right'}>
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ key, name, cells }) => (
          <Table.Tr key={key}>
            <Table.Th scope="row" fw={400}>
              {name}
            </Table.Th>
            {cells.map((cell, index) => (
              <Table.Td key={head[index + 1]} ta="right">
                {cell}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
