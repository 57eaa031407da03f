import { Text } from '@mantine/core';
import { text } from '../text/text.ts';
import { Pairs } from './pairs.tsx';

export interface TagsTableProps {
  readonly tags: ReadonlyArray<{ readonly name: string; readonly content: string }>;
}

/** The tags that networks read, as the page wrote them. */
export function TagsTable({ tags }: TagsTableProps) {
  if (tags.length === 0) return <Text c="dimmed">{text.page.tags.empty}</Text>;
  return <Pairs pairs={tags.map(({ name, content }) => [name, content])} />;
}
