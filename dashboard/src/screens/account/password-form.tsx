import { Button, Checkbox, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changePassword, sessions } from '../../api/account.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { say } from '../../parts/say.ts';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';
import { passwordRule } from '../sign-in/password-rule.ts';

const words = text.account;

export function PasswordForm({ email }: { email: string }) {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '', revokeOtherSessions: true },
    validate: {
      currentPassword: (password) => (password === '' ? words.currentMissing : null),
      newPassword: passwordRule,
    },
  });
  const changing = useMutation({
    mutationFn: changePassword,
    onSuccess: async () => {
      form.reset();
      say(words.changed);
      await client.invalidateQueries({ queryKey: sessions.queryKey });
    },
  });
  return (
    <Section title={words.password}>
      <form onSubmit={form.onSubmit((values) => changing.mutate(values))} noValidate>
        <Stack gap="md">
          {changing.isError && <ErrorNote error={changing.error} />}
          {/* For programs that keep passwords: whose it is. */}
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <PasswordInput
            label={words.current}
            autoComplete="current-password"
            maw={420}
            {...form.getInputProps('currentPassword')}
          />
          <PasswordInput
            label={words.next}
            description={text.signIn.passwordHint}
            autoComplete="new-password"
            maw={420}
            {...form.getInputProps('newPassword')}
          />
          <Checkbox
            label={words.endOthers}
            description={words.endOthersWhy}
            {...form.getInputProps('revokeOtherSessions', { type: 'checkbox' })}
          />
          <Group>
            <Button type="submit" loading={changing.isPending}>
              {words.change}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
