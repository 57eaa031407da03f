import { Text } from '@mantine/core';
import { text } from '../../text/text.ts';

/** What a field does, and what is so when nothing is said. */
export function FieldNote({ why, byDefault }: { readonly why: string; readonly byDefault: string }) {
  return (
    <>
      {why}
      <Text span inherit display="block" mt={2}>
        {text.settings.byDefault(byDefault)}
      </Text>
    </>
  );
}
