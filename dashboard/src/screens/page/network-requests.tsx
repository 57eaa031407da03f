import { NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { networkFrames } from '../../../../server/src/model/networks/network-frames.ts';
import { networkRequests } from '../../api/network-requests.ts';
import type { NetworkRequest } from '../../api/types.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Pairs } from '../../parts/pairs.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { text } from '../../text/text.ts';

const words = text.page.networkRequests;
const choices = [
  { value: '', label: words.choose },
  ...networkFrames.map(({ name, label }) => ({ value: name as string, label })),
];

export interface NetworkRequestsProps {
  readonly websiteId: number;
  readonly target: string;
}

/** How one network asks for the page, to be repeated in a terminal, and what it reads of it. */
export function NetworkRequests({ websiteId, target }: NetworkRequestsProps) {
  const [chosen, choose] = useState('');
  const { data, error, refetch } = useQuery({ ...networkRequests(websiteId, target), enabled: chosen !== '' });
  const request = data?.find(({ network }) => network === chosen);
  return (
    <Section title={words.title} lead={words.lead} folds="where narrow">
      <Stack gap="md">
        <NativeSelect
          label={words.network}
          data={choices}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
          maw={280}
        />
        {chosen === '' ? null : error ? (
          <ErrorNote error={error} retry={refetch} />
        ) : request === undefined ? (
          <SkeletonLines count={2} />
        ) : (
          <OneNetwork request={request} />
        )}
      </Stack>
    </Section>
  );
}

function OneNetwork({ request: { label, isHeard, page, picture, tags } }: { request: NetworkRequest }) {
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {isHeard ? words.heard(label) : words.known(label)}
      </Text>
      <CopyField label={words.page} value={page} />
      {picture !== null && <CopyField label={words.picture} value={picture} />}
      {tags === null ? (
        <Text size="sm" c="dimmed">
          {text.page.tags.none}
        </Text>
      ) : (
        <Stack gap={6}>
          <Text size="sm" fw={500}>
            {words.reads(label)}
          </Text>
          <Pairs
            pairs={tags.map(({ what, names, tag }) =>
              tag === null ? [names.join(', '), words.missing(what)] : [tag.name, tag.content],
            )}
          />
        </Stack>
      )}
    </Stack>
  );
}
