import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MadeWebhook } from '../../api/types.ts';
import { webhooks } from '../../api/webhooks.ts';
import { Lines } from '../../parts/lines.tsx';
import { ListOf } from '../../parts/list-of.tsx';
import { Section } from '../../parts/section.tsx';
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
  const query = useQuery(webhooks(websiteId));
  const [made, setMade] = useState<MadeWebhook>();
  return (
    <Section title={words.title} lead={words.lead}>
      {made && <SecretOnce secret={made.secret} done={() => setMade(undefined)} />}
      <ListOf query={query} lines={1} none={words.none}>
        {(all) => (
          <Lines label={words.title}>
            {all.map((one) => (
              <WebhookLine key={one.id} websiteId={websiteId} webhook={one} mayChange={mayChange} />
            ))}
          </Lines>
        )}
      </ListOf>
      {/* Another one would take the place of the secret that is shown. */}
      {mayChange && made === undefined && <WebhookForm websiteId={websiteId} created={setMade} />}
    </Section>
  );
}
