import { Button, MultiSelect, Stack, TextInput } from '@mantine/core';
import { IconFlame } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { consumers } from '../../api/consumers.ts';
import { startWarmup, warmups } from '../../api/warmups.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { text } from '../../text/text.ts';

const words = text.warmUp;

export function WarmupForm({ websiteId }: { websiteId: number }) {
  const [sitemap, setSitemap] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const { data: networks = [] } = useQuery(consumers);
  const client = useQueryClient();
  const starting = useMutation({
    mutationFn: () =>
      startWarmup(websiteId, {
        ...(sitemap.trim() === '' ? {} : { sitemap: sitemap.trim() }),
        ...(chosen.length === 0 ? {} : { consumers: chosen }),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: warmups(websiteId).queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    starting.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={560}>
        {starting.isError && <ErrorNote error={starting.error} />}
        <TextInput
          label={words.sitemap}
          description={words.sitemapHint}
          placeholder="/sitemap.xml"
          value={sitemap}
          onChange={(event) => setSitemap(event.currentTarget.value)}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
        />
        <MultiSelect
          label={words.networks}
          description={words.networksHint}
          placeholder={chosen.length === 0 ? words.networksAny : ''}
          data={networks.map(({ name, label }) => ({ value: name, label }))}
          value={chosen}
          onChange={setChosen}
          searchable
          clearable
        />
        <Button
          type="submit"
          loading={starting.isPending}
          leftSection={<IconFlame size={16} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
        >
          {words.start}
        </Button>
      </Stack>
    </form>
  );
}
