import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { text } from '../text/text.ts';

export interface Question {
  readonly title: string;
  /** What happens then. */
  readonly why: string;
  /** The verb of the button. */
  readonly action: string;
  readonly onConfirm: () => void;
}

/** Asks before something that cannot be taken back. */
export function confirm({ title, why, action, onConfirm }: Question): void {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{why}</Text>,
    labels: { confirm: action, cancel: text.actions.cancel },
    confirmProps: { color: 'red' },
    onConfirm,
  });
}
