import { SimpleGrid, Stack } from '@mantine/core';
import type { Check } from '../../api/types.ts';
import { Explanation } from '../../parts/explanation.tsx';
import { Findings } from '../../parts/findings.tsx';
import { FixIt } from '../../parts/fix-it.tsx';
import { FrameworkSelect } from '../../parts/framework-select.tsx';
import { Pairs } from '../../parts/pairs.tsx';
import { Section } from '../../parts/section.tsx';
import { ToBuilder } from '../../parts/to-builder.tsx';
import { useMends } from '../../parts/use-mends.ts';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { Outcome } from './outcome.tsx';

const words = text.check;

export interface CheckedProps {
  readonly checked: Check;
  readonly target: string;
  readonly websiteId: number;
}

/** The result of a check: a summary, each tag and the caching, with the snippets that fix them. */
export function Checked({ checked, target, websiteId }: CheckedProps) {
  const { findings, explanation, cachingFault, response } = checked;
  const { mendOf, framework, remember } = useMends(useWebsite(), target, checked);
  return (
    <Stack gap="lg">
      <Outcome checked={checked} target={target} websiteId={websiteId} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Section title={words.tags} actions={<FrameworkSelect framework={framework} remember={remember} />}>
          <Stack gap="lg">
            <Findings findings={findings} mendOf={mendOf} />
            <ToBuilder websiteId={websiteId} target={target} />
          </Stack>
        </Section>
        <Section title={words.headers}>
          <Stack gap="md">
            <Explanation explanation={explanation} />
            {cachingFault !== null && <FixIt mend={mendOf(cachingFault)} of={text.fixIt.caching} isOpenAtFirst />}
          </Stack>
        </Section>
      </SimpleGrid>
      <Section title={words.sent}>
        <Pairs pairs={response.headers.map(({ name, value }) => [name, value])} />
      </Section>
    </Stack>
  );
}
