import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconLink } from '@tabler/icons-react';
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

const onThisMachine = /^(localhost|127\.|\[::1\])/;

function wholeAddress(written: string): string | null {
  const trimmed = written.trim();
  if (trimmed === '') return null;
  const scheme = onThisMachine.test(trimmed) ? 'http://' : 'https://';
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : scheme + trimmed;
  // Browsers differ in what they make of a host with spaces; there is none.
  return URL.canParse(whole) && /^https?:\/\/[^\s/?#]+([/?#]|$)/i.test(whole) ? whole : null;
}
