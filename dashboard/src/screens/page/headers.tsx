import { Code, Table } from '@mantine/core';
import type { PageResponse } from '../../api/page.ts';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';

const words = text.page.headers;

/** The header fields of the response that was judged last. */
export function Headers({ response: { status, headers } }: { response: PageResponse }) {
  return (
    <Section title={words.title} lead={words.lead(status)}>
      <Table verticalSpacing={6} layout="fixed">
        <Table.Tbody>
          {headers.map(({ name, value }) => (
            <Table.Tr key={`${name} ${value}`}>
              <Table.Th scope="row" w="42%" fw={500} style={{ verticalAlign: 'top' }}>
                <Code style={{ overflowWrap: 'anywhere' }}>{name}</Code>
              </Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
