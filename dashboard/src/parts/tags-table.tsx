import { Code, Table, Text } from '@mantine/core';
import { text } from '../text/text.ts';

const words = text.page.tags;

export interface TagsTableProps {
  readonly tags: ReadonlyArray<{ readonly name: string; readonly content: string }>;
}

/** The tags that networks read, as the page wrote them. */
export function TagsTable({ tags }: TagsTableProps) {
  if (tags.length === 0) return <Text c="dimmed">{words.empty}</Text>;
  return (
    <Table verticalSpacing="xs" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="34%">{words.tag}</Table.Th>
          <Table.Th>{words.content}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tags.map(({ name, content }, at) => (
          <Table.Tr key={at}>
            <Table.Td valign="top">
              <Code style={{ overflowWrap: 'anywhere' }}>{name}</Code>
            </Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{content}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
