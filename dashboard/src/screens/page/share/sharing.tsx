import { Box, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { createSharedPreview, sharedPreviews } from '../../../api/shared-previews.ts';
import { Lines } from '../../../parts/lines.tsx';
import { ListOf } from '../../../parts/list-of.tsx';
import { sayError } from '../../../parts/say.ts';
import { text } from '../../../text/text.ts';
import { OpenLink } from './open-link.tsx';

const words = text.sharedPreview;
const spans = [1, 7, 30, 90];

export interface SharingProps {
  readonly websiteId: number;
  readonly target: string;
}

/** Creates links of a page, and shows those that are open. */
export function Sharing({ websiteId, target }: SharingProps) {
  const query = sharedPreviews(websiteId, target);
  const links = useQuery(query);
  const client = useQueryClient();
  const label = useId();
  const [days, setDays] = useState('7');
  const creating = useMutation({
    mutationFn: () => createSharedPreview(websiteId, target, Number(days)),
    onSuccess: () => client.invalidateQueries({ queryKey: query.queryKey }),
    onError: sayError,
  });
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {words.lead}
      </Text>
      <Group align="flex-end" justify="space-between" gap="sm">
        <Box>
          <Text size="sm" fw={500} mb={4} id={label}>
            {words.lasts}
          </Text>
          <SegmentedControl
            aria-labelledby={label}
            size="xs"
            data={spans.map((count) => ({ value: String(count), label: words.days(count) }))}
            value={days}
            onChange={setDays}
          />
        </Box>
        <Button
          leftSection={<IconLink size={16} aria-hidden />}
          loading={creating.isPending}
          onClick={() => creating.mutate()}
        >
          {words.create}
        </Button>
      </Group>
      <ListOf query={links} lines={1} none={words.none}>
        {(all) => (
          <Lines label={words.openLinks}>
            {all.map((link) => (
              <OpenLink key={link.id} websiteId={websiteId} link={link} isNew={link.id === creating.data?.id} />
            ))}
          </Lines>
        )}
      </ListOf>
    </Stack>
  );
}
