import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { rename } from '../../api/account.ts';
import { session } from '../../api/session.ts';
import type { Person } from '../../api/types.ts';
import { say } from '../../parts/say.ts';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';

const words = text.account;

export function NameForm({ person }: { person: Person }) {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: person.name },
    validate: { name: (name) => (name.trim() === '' ? words.nameMissing : null) },
  });
  const naming = useMutation({
    mutationFn: (name: string) => rename(name),
    onSuccess: async (_, name) => {
      form.setInitialValues({ name });
      form.setValues({ name });
      say(words.named);
      await client.invalidateQueries({ queryKey: session.queryKey });
      // It stands in lists of members, too.
      await client.invalidateQueries({ queryKey: ['websites'] });
    },
    onError: (error) => form.setFieldError('name', error.message),
  });
  return (
    <Section title={words.you}>
      <form onSubmit={form.onSubmit(({ name }) => naming.mutate(name.trim()))} noValidate>
        <Stack gap="md">
          <TextInput
            label={words.name}
            description={words.nameWhy}
            autoComplete="name"
            maxLength={100}
            maw={420}
            {...form.getInputProps('name')}
          />
          <TextInput label={words.email} description={words.emailWhy} value={person.email} readOnly maw={420} />
          <Group>
            <Button type="submit" loading={naming.isPending} disabled={!form.isDirty()}>
              {text.actions.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
