import { Text } from '@mantine/core';
import { text } from '../../text/text.ts';

/** As large as text is everywhere, to be read. */
export const noteStyle = { fontSize: 'var(--mantine-font-size-sm)', lineHeight: 1.45 } as const;

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
