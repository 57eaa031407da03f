import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconLink } from '@tabler/icons-react';
import { withScheme } from '../../parts/with-scheme.ts';
import { text } from '../../text/text.ts';

const words = text.preview;

export interface AddressFormProps {
  readonly url: string;
  readonly isLooking: boolean;
  readonly look: (url: string) => void;
}

/** Takes a whole address; without a scheme it is taken as https. */
export function AddressForm({ url, isLooking, look }: AddressFormProps) {
  const form = useForm({
    initialValues: { url },
    validate: { url: (value) => (wholeAddress(value) === null ? words.malformed : null) },
  });
  const submit = form.onSubmit((values) => {
    const whole = wholeAddress(values.url);
    if (whole === null) return;
    form.setValues({ url: whole });
    look(whole);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Group gap="sm" align="flex-start" maw={860}>
        <TextInput
          flex={1}
          miw={220}
          size="md"
          type="url"
          inputMode="url"
          autoComplete="url"
          autoFocus={url === ''}
          aria-label={words.label}
          placeholder={words.placeholder}
          leftSection={<IconLink size={18} />}
          {...form.getInputProps('url')}
        />
        <Button type="submit" size="md" loading={isLooking}>
          {words.submit}
        </Button>
      </Group>
    </form>
  );
}

function wholeAddress(written: string): string | null {
  if (written.trim() === '') return null;
  const whole = withScheme(written);
  // Browsers parse a host with spaces differently; no host has them.
  return URL.canParse(whole) && /^https?:\/\/[^\s/?#]+([/?#]|$)/i.test(whole) ? whole : null;
}
