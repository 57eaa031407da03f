import { List, Stack, Text } from '@mantine/core';
import type { Explanation as Judged } from '../api/types.ts';
import { text } from '../text/text.ts';
import { Sentence } from './sentence.tsx';

const words = text.judged;

export interface ExplanationProps {
  readonly explanation: Judged;
  /** The verdict stands elsewhere already. */
  readonly isRest?: boolean;
}

/** How a page is judged, in words: what happens with its card, what decided, what was said in vain, what would be better. */
export function Explanation({ explanation, isRest = false }: ExplanationProps) {
  const { verdict, reasons, ignored, advice } = explanation;
  return (
    <Stack gap="md">
      {!isRest && (
        <Text fw={600} lh={1.5}>
          <Sentence>{verdict}</Sentence>
        </Text>
      )}
      <Reasons reasons={reasons} />
      <Sentences title={words.ignored} sentences={ignored} />
      <Sentences title={words.advice} sentences={advice} />
    </Stack>
  );
}

/** The first one names what decided. */
export function Reasons({ reasons }: { reasons: readonly string[] }) {
  if (reasons.length === 0) return null;
  return (
    <List size="sm" spacing={6}>
      {reasons.map((reason) => (
        <List.Item key={reason}>
          <Sentence>{reason}</Sentence>
        </List.Item>
      ))}
    </List>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Reasons reasons={sentences} />
    </Stack>
  );
}
