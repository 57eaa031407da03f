import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { probes, removeProbe } from '../../api/probes.ts';
import type { Probe } from '../../api/types.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { Lines } from '../../parts/lines.tsx';
import { say, sayError } from '../../parts/say.ts';
import { Section } from '../../parts/section.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import { RequestLine } from './request-line.tsx';
import { useRequests } from './use-requests.ts';

const words = text.probe;

export interface OneProbeProps {
  readonly websiteId: number;
  readonly probe: Probe;
  readonly mayEnd: boolean;
}

export function OneProbe({ websiteId, probe: { id, url, expiresAt }, mayEnd }: OneProbeProps) {
  const { requests, isLost } = useRequests(websiteId, id);
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: () => removeProbe(websiteId, id),
    onSuccess: () => {
      say(words.ended);
      return client.invalidateQueries({ queryKey: probes(websiteId).queryKey });
    },
    onError: sayError,
  });
  const end = (
    <Button
      variant="light"
      color="red"
      size="xs"
      aria-label={words.endThis(url)}
      loading={ending.isPending}
      onClick={() => ending.mutate()}
    >
      {words.end}
    </Button>
  );
  return (
    <Section
      title={new URL(url).host}
      lead={
        <>
          {words.ends} <When at={expiresAt} />
        </>
      }
      actions={mayEnd ? end : null}
    >
      <Stack gap="md">
        <CopyField label={words.address} value={url} />
        {isLost && (
          <Text size="sm" c="red" role="status">
            {words.lost}
          </Text>
        )}
        {requests.length === 0 ? (
          <Text size="sm" c="dimmed" role="status">
            {words.waiting}
          </Text>
        ) : (
          <Lines label={words.requests}>
            {requests.map((one) => (
              <RequestLine key={one.id} request={one} />
            ))}
          </Lines>
        )}
      </Stack>
    </Section>
  );
}
