import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type RefObject, useEffect, useState } from 'react';
import { text } from '../text/text.ts';
import { copyText } from './copy-text.ts';

export interface CopyButtonProps {
  readonly value: string;
  /** What it is, for who does not see it. */
  readonly what: string;
  /** Where it is shown: selected where the clipboard is closed. */
  readonly shown: RefObject<HTMLElement | null>;
}

// Long enough to be noticed, and read where there is more to do.
const saidForMs = { copied: 1600, selected: 5000 };

export function CopyButton({ value, what, shown }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<keyof typeof saidForMs | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), saidForMs[outcome]);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => setOutcome((await copyText(value, shown.current)) ? 'copied' : 'selected');
  const says =
    outcome === 'copied' ? text.actions.copied : outcome === 'selected' ? text.parts.selected : text.actions.copy;
  return (
    <Tooltip label={says} withArrow {...(outcome === null ? {} : { opened: true })}>
      <ActionIcon
        variant="subtle"
        color={outcome === 'copied' ? 'teal' : 'gray'}
        onClick={copy}
        aria-label={outcome === null ? text.parts.copyWhat(what) : says}
        aria-live="polite"
      >
        {outcome === 'copied' ? <IconCheck size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
