import { Collapse, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconTool } from '@tabler/icons-react';
import { useId } from 'react';
import type { Mend } from '../../../server/src/snippets/mend.ts';
import { text } from '../text/text.ts';
import { CodeBlock } from './code-block.tsx';

export interface FixItProps {
  readonly mend: Mend;
  /** What it fixes, for screen readers. */
  readonly of: string;
  readonly isOpenAtFirst?: boolean;
}

/** What mends a finding, to copy; shown when asked for. */
export function FixIt({ mend: { does, codes }, of, isOpenAtFirst = false }: FixItProps) {
  const [opened, { toggle }] = useDisclosure(isOpenAtFirst);
  const id = useId();
  return (
    <Stack gap={6}>
      <UnstyledButton
        onClick={toggle}
        aria-expanded={opened}
        aria-controls={id}
        aria-label={text.fixIt.mend(of)}
        w="fit-content"
        fz="sm"
        fw={500}
        c="var(--mantine-primary-color-light-color)"
      >
        <IconTool size={14} style={{ verticalAlign: -2, marginInlineEnd: 4 }} aria-hidden />
        {text.fixIt.title}
        <IconChevronDown
          size={14}
          style={{ verticalAlign: -2, marginInlineStart: 4, rotate: opened ? '180deg' : '0deg' }}
          aria-hidden
        />
      </UnstyledButton>
      <Collapse expanded={opened} id={id}>
        {opened && (
          <Stack gap="sm">
            <Text size="sm">{does}</Text>
            {codes.map(({ file, code }) => (
              <CodeBlock key={`${file} ${code}`} file={file} code={code} />
            ))}
          </Stack>
        )}
      </Collapse>
    </Stack>
  );
}
