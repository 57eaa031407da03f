import { Group, NumberInput, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { spanOf } from '../../parts/span-of.ts';
import { text } from '../../text/text.ts';
import { FieldNote, noteStyle } from './field-note.tsx';
import { type NumberName, rules, unitOf, type Values } from './fields.ts';

const words = text.settings;

export interface NumberFieldProps {
  readonly form: UseFormReturnType<Values>;
  readonly name: NumberName;
  /** More to know, behind what it does. */
  readonly note?: string;
}

/** A number that may be left to its default: then the field is empty. */
export function NumberField({ form, name, note }: NumberFieldProps) {
  const value = form.values[name];
  const why = note === undefined ? words[`${name}Why`] : `${words[`${name}Why`]} ${note}`;
  const isGood = value !== '' && rules[name](value) === null;
  return (
    <NumberInput
      label={words[name]}
      description={<FieldNote why={why} byDefault={words[`${name}Default`]} />}
      styles={{ description: noteStyle, wrapper: { marginTop: 0 } }}
      placeholder={words.asByDefault}
      hideControls
      allowNegative={false}
      clampBehavior="none"
      thousandSeparator=","
      max={Number.MAX_SAFE_INTEGER}
      inputContainer={(input) => (
        <Group gap="sm" mt={8} wrap="nowrap">
          <div style={{ width: 168, flex: 'none' }}>{input}</div>
          <Text size="sm" c="dimmed">
            {unitOf(name)} {isGood && inWords(name, Number(value))}
          </Text>
        </Group>
      )}
      {...form.getInputProps(name)}
    />
  );
}

/** Long times as people say them. */
function inWords(name: NumberName, value: number): string {
  const isTime = name === 'defaultMaxAge' || name === 'recheckInterval';
  return isTime && value >= 120 ? words.equals(spanOf(value)) : '';
}
