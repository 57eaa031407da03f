import { Button, Checkbox, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { resetPassword, session } from '../../api/session.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { text } from '../../text/text.ts';
import { FrontDoor } from './front-door.tsx';
import { passwordRule } from './password-rule.ts';

const words = text.signIn;

/** Where the link of `ogplus account reset` leads. */
export function Component() {
  const { token = '' } = useParams();
  const client = useQueryClient();
  const form = useForm({ initialValues: { password: '', revokeKeys: false }, validate: { password: passwordRule } });
  const setting = useMutation({
    mutationFn: (body: { password: string; revokeKeys: boolean }) => resetPassword(token, body),
    // It may have been this browser's session that ended with it.
    onSuccess: () => client.invalidateQueries({ queryKey: session.queryKey }),
  });
  if (setting.isSuccess) {
    return (
      <FrontDoor title={words.resetTitle}>
        <Text role="status">{words.resetDone}</Text>
        <Button component={Link} to="/">
          {words.toSignIn}
        </Button>
      </FrontDoor>
    );
  }
  return (
    <FrontDoor title={words.resetTitle}>
      <form onSubmit={form.onSubmit((values) => setting.mutate(values))} noValidate>
        <Stack>
          <Text c="dimmed">{words.resetWhy}</Text>
          {setting.isError && <ErrorNote error={setting.error} />}
          <PasswordInput
            label={words.newPassword}
            description={words.passwordHint}
            autoComplete="new-password"
            autoFocus
            required
            {...form.getInputProps('password')}
          />
          <Checkbox
            label={words.revokeKeys}
            description={words.revokeKeysWhy}
            {...form.getInputProps('revokeKeys', { type: 'checkbox' })}
          />
          <Button type="submit" loading={setting.isPending}>
            {words.reset}
          </Button>
        </Stack>
      </form>
    </FrontDoor>
  );
}
