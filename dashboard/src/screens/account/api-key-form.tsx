import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  Paper,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { apiKeys, createApiKey } from '../../api/account.ts';
import type { MadeApiKey, Scope } from '../../api/types.ts';
import { websites } from '../../api/websites.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { text } from '../../text/text.ts';
import { scopes, usualScopes } from './scopes.ts';

const words = text.account;
const endless = 'endless';
const expiries = [
  ...[30, 90, 365].map((days) => ({ value: String(days), label: words.forDays(days) })),
  { value: endless, label: words.noExpiry },
];

export interface ApiKeyFormProps {
  readonly done: (made: MadeApiKey) => void;
  readonly cancel: () => void;
}

export function ApiKeyForm({ done, cancel }: ApiKeyFormProps) {
  const client = useQueryClient();
  const { data: own = [] } = useQuery(websites);
  const form = useForm({
    initialValues: {
      name: '',
      scopes: usualScopes as Scope[],
      on: 'all',
      websiteIds: [] as string[],
      expiry: '90',
    },
    validate: {
      name: (name) => (name.trim() === '' ? words.keyNameMissing : null),
      scopes: (chosen) => (chosen.length === 0 ? words.scopesMissing : null),
      websiteIds: (ids, { on }) => (on === 'some' && ids.length === 0 ? words.websitesMissing : null),
    },
  });
  const making = useMutation({
    mutationFn: ({ name, scopes, on, websiteIds, expiry }: typeof form.values) =>
      createApiKey({
        name: name.trim(),
        scopes,
        websiteIds: on === 'all' ? null : websiteIds.map(Number),
        expiresInDays: expiry === endless ? null : Number(expiry),
      }),
    onSuccess: async (made) => {
      done(made);
      await client.invalidateQueries({ queryKey: apiKeys.queryKey });
    },
  });
  return (
    <Paper withBorder radius="md" p="lg">
      <form onSubmit={form.onSubmit((values) => making.mutate(values))} noValidate>
        <Stack gap="lg">
          {making.isError && <ErrorNote error={making.error} />}
          <TextInput
            label={words.keyName}
            description={words.keyNameWhy}
            placeholder={words.keyNamePlaceholder}
            maxLength={100}
            autoComplete="off"
            autoFocus
            {...form.getInputProps('name')}
          />
          <Checkbox.Group label={words.scopes} {...form.getInputProps('scopes')}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" mt="xs" mb={4}>
              {scopes.map((scope) => (
                <Checkbox key={scope} value={scope} label={words.scope(scope)} description={scope} />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
          <Radio.Group label={words.websites} {...form.getInputProps('on')}>
            <Stack gap="xs" mt="xs">
              <Radio value="all" label={words.allWebsites} />
              <Radio value="some" label={words.someWebsites} />
            </Stack>
          </Radio.Group>
          {form.values.on === 'some' && (
            <MultiSelect
              label={words.chooseWebsites}
              data={own.map(({ id, host }) => ({ value: String(id), label: host }))}
              searchable
              {...form.getInputProps('websiteIds')}
            />
          )}
          <Select
            label={words.expiry}
            data={expiries}
            allowDeselect={false}
            maw={240}
            {...form.getInputProps('expiry')}
          />
          <Group>
            <Button type="submit" loading={making.isPending}>
              {words.create}
            </Button>
            <Button variant="subtle" color="gray" onClick={cancel}>
              {text.actions.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
