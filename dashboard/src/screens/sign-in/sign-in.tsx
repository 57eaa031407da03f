import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { session as sessionQuery, signIn } from '../../api/session.ts';
import type { Session } from '../../api/types.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { text } from '../../text/text.ts';
import { FrontDoor } from './front-door.tsx';
import { LostPassword } from './lost-password.tsx';

const words = text.signIn;

/** Shown at the requested address, which appears after signing in. */
export function SignIn({ session }: { session: Session }) {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (/^\S+@\S+$/.test(email.trim()) ? null : words.emailWrong),
      password: (password) => (password === '' ? words.passwordMissing : null),
    },
  });
  const signing = useMutation({
    mutationFn: signIn,
    // Not the address as well: it is the password that is typed wrong.
    onError: () => form.setFieldValue('password', ''),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  if (session.firstAccount) {
    return (
      <FrontDoor title={words.firstTitle}>
        <Text>{words.firstNeeded}</Text>
      </FrontDoor>
    );
  }
  return (
    <FrontDoor title={words.title}>
      <form
        onSubmit={form.onSubmit(({ email, password }) => signing.mutate({ email: email.trim(), password }))}
        noValidate
      >
        <Stack>
          {session.ended && !signing.isError && <Alert color="sea">{words.ended}</Alert>}
          {signing.isError && <ErrorNote error={signing.error} />}
          <TextInput
            label={words.email}
            type="email"
            autoComplete="username"
            required
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={words.password}
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signing.isPending}>
            {words.submit}
          </Button>
          <LostPassword email={form.values.email} />
          {session.openSignUp && (
            <Text size="sm">
              {words.noAccount}{' '}
              <Anchor component={Link} to="/sign-up" underline="always">
                {words.createAccount}
              </Anchor>
            </Text>
          )}
        </Stack>
      </form>
    </FrontDoor>
  );
}
