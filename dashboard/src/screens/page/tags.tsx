import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { PageDetail } from '../../api/types.ts';
import { Findings } from '../../parts/findings.tsx';
import { FrameworkSelect } from '../../parts/framework-select.tsx';
import { Section } from '../../parts/section.tsx';
import { TagsTable } from '../../parts/tags-table.tsx';
import { ToBuilder } from '../../parts/to-builder.tsx';
import type { Mends } from '../../parts/use-mends.ts';
import { text } from '../../text/text.ts';

const words = text.page.tags;

export interface TagsProps {
  readonly document: PageDetail['document'];
  /** Where the page can be looked at live. */
  readonly checkAt?: string;
  /** What mends its faults; without it, of a page of no website of ours. */
  readonly mends?: Mends;
  /** What else there is beside what is missing, below the table. */
  readonly below?: ReactNode;
}

/** What the page says of itself, and what is missing. */
export function Tags({ document, checkAt, mends, below }: TagsProps) {
  if (document === null) {
    return (
      <Stack gap="lg">
        <Section title={words.title}>
          <Stack gap="xs" align="flex-start">
            <Text c="dimmed">{words.none}</Text>
            {checkAt !== undefined && (
              <Anchor component={Link} to={checkAt}>
                {words.check}
              </Anchor>
            )}
          </Stack>
        </Section>
        {below}
      </Stack>
    );
  }
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
      <Section
        title={words.title}
        lead={text.judged.counts(...countsOf(document.findings))}
        actions={mends && <FrameworkSelect framework={mends.framework} remember={mends.remember} />}
      >
        <Stack gap="lg">
          <Findings findings={document.findings} {...(mends && { mendOf: mends.mendOf })} />
          {mends && <ToBuilder websiteId={mends.websiteId} target={mends.target} />}
        </Stack>
      </Section>
      <Stack gap="lg">
        <div>
          <Section title={words.table(document.tags.length)} lead={words.lead} folds="where narrow">
            <TagsTable tags={document.tags} />
          </Section>
        </div>
        {below}
      </Stack>
    </SimpleGrid>
  );
}

function countsOf(findings: NonNullable<PageDetail['document']>['findings']): [bad: number, hints: number] {
  const count = (level: string) => findings.filter((finding) => finding.level === level).length;
  return [count('bad'), count('hint')];
}
