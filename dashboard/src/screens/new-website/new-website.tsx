import { Button, Card, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconArrowRight, IconWorld } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { createWebsite, welcome } from '../../api/new-website.ts';
import { say } from '../../parts/say.ts';
import { Screen } from '../../parts/screen.tsx';
import { text } from '../../text/text.ts';
import { originOf } from './origin-of.ts';

const words = text.newWebsite;

/** Takes a website's address; what it is installed with comes next. */
export function Component() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { address: '' },
    validate: { address: (address) => (address.trim() === '' ? words.empty : null) },
  });
  const making = useMutation({
    mutationFn: createWebsite,
    onSuccess: async (made) => {
      await welcome(client, made);
      const { status, problem } = made.reached;
      if (problem === null && status !== null) say(words.reached(status));
      navigate(`/websites/${made.website.id}/install`, { state: { unreached: problem } });
    },
    onError: (error) => form.setFieldError('address', error.message),
  });
  return (
    <Screen title={words.title} lead={words.lead} width={620}>
      <Card withBorder radius="lg" padding="xl">
        <form onSubmit={form.onSubmit(({ address }) => making.mutate(originOf(address)))} noValidate>
          <Stack gap="lg">
            <TextInput
              size="md"
              label={words.address}
              description={words.addressHint}
              placeholder={words.placeholder}
              leftSection={<IconWorld size={18} aria-hidden />}
              type="url"
              inputMode="url"
              autoComplete="url"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              required
              {...form.getInputProps('address')}
            />
            <Text size="sm" c="dimmed">
              {words.next}
            </Text>
            <Group justify="flex-end">
              <Button variant="default" component={Link} to="/">
                {text.actions.cancel}
              </Button>
              <Button type="submit" loading={making.isPending} rightSection={<IconArrowRight size={16} aria-hidden />}>
                {words.submit}
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </Screen>
  );
}
