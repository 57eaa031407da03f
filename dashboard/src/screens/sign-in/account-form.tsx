import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { createAccount, session } from '../../api/session.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { text } from '../../text/text.ts';

const words = text.signIn;

/** Makes an account, signs it in and goes to its websites. */
export function AccountForm({ invitation }: { invitation?: string | undefined }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', email: '', password: '' },
    validate: {
      name: (name) => (name.trim() === '' ? words.nameMissing : null),
      email: (email) => (/^\S+@\S+$/.test(email) ? null : words.emailWrong),
      password: (password) => (password.length < 8 ? words.passwordShort : null),
    },
  });
  const making = useMutation({
    mutationFn: (values: typeof form.values) => createAccount({ ...values, invitation }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: session.queryKey });
      navigate('/');
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => making.mutate(values))} noValidate>
      <Stack>
        {making.isError && <ErrorNote error={making.error} />}
        <TextInput label={words.name} autoComplete="name" required autoFocus {...form.getInputProps('name')} />
        <TextInput label={words.email} type="email" autoComplete="username" required {...form.getInputProps('email')} />
        <PasswordInput
          label={words.password}
          description={words.passwordHint}
          autoComplete="new-password"
          required
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={making.isPending}>
          {words.create}
        </Button>
      </Stack>
    </form>
  );
}
