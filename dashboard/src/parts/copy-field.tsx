import { TextInput } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { CopyButton } from './copy-button.tsx';

export interface CopyFieldProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly value: string;
  /** It stands above already. */
  readonly isLabelHidden?: boolean;
}

/** Something to take along, whole. */
export function CopyField({ label, description, value, isLabelHidden = false }: CopyFieldProps) {
  const shown = useRef<HTMLInputElement>(null);
  return (
    <TextInput
      ref={shown}
      {...(isLabelHidden ? { 'aria-label': label } : { label })}
      description={description}
      value={value}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      // At 14 pixels, inputs cut underscores off common fonts.
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13, textOverflow: 'ellipsis' } }}
      rightSectionPointerEvents="all"
      rightSection={<CopyButton value={value} what={label} shown={shown} />}
    />
  );
}
