import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MadeWebhook } from '../../api/types.ts';
import { webhooks } from '../../api/webhooks.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Lines } from '../../parts/lines.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { text } from '../../text/text.ts';
import { SecretOnce } from './secret-once.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookLine } from './webhook-line.tsx';

const words = text.automation.webhooks;

export interface WebhooksProps {
  readonly websiteId: number;
  readonly mayChange: boolean;
}

/** The addresses that are told what happens. */
export function Webhooks({ websiteId, mayChange }: WebhooksProps) {
  const { data, error, refetch } = useQuery(webhooks(websiteId));
  const [made, setMade] = useState<MadeWebhook>();
  return (
    <Section title={words.title} lead={words.lead}>
      {made && <SecretOnce secret={made.secret} done={() => setMade(undefined)} />}
      {error ? (
        <ErrorNote error={error} retry={refetch} />
      ) : data === undefined ? (
        <SkeletonLines count={1} />
      ) : data.length === 0 ? (
        <Text c="dimmed">{words.none}</Text>
      ) : (
        <Lines label={words.title}>
          {data.map((one) => (
            <WebhookLine key={one.id} websiteId={websiteId} webhook={one} mayChange={mayChange} />
          ))}
        </Lines>
      )}
      {mayChange && <WebhookForm websiteId={websiteId} created={setMade} />}
    </Section>
  );
}
