import { SimpleGrid, Stack } from '@mantine/core';
import type { Check } from '../../api/types.ts';
import { Explanation } from '../../parts/explanation.tsx';
import { Findings } from '../../parts/findings.tsx';
import { Pairs } from '../../parts/pairs.tsx';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';
import { Outcome } from './outcome.tsx';

const words = text.check;

export interface CheckedProps {
  readonly checked: Check;
  readonly target: string;
  readonly websiteId: number;
}

/** What came of it: in one line, and then each tag and what the headers come to. */
export function Checked({ checked, target, websiteId }: CheckedProps) {
  const { findings, explanation, response } = checked;
  return (
    <Stack gap="lg">
      <Outcome checked={checked} target={target} websiteId={websiteId} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Section title={words.tags}>
          <Findings findings={findings} />
        </Section>
        <Section title={words.headers}>
          <Explanation explanation={explanation} />
        </Section>
      </SimpleGrid>
      <Section title={words.sent}>
        <Pairs pairs={response.headers.map(({ name, value }) => [name, value])} />
      </Section>
    </Stack>
  );
}
