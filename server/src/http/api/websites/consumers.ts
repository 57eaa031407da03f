import { allConsumers } from '../../../model/consumers.ts';
import type { Api } from '../api-server.ts';
import { Consumers } from '../schemas/consumers.ts';

export function addConsumerRoutes(api: Api): void {
  const schema = { summary: 'The consumers that cards are drawn for', response: { 200: Consumers } };
  api.get('/consumers', { config: { access: { who: 'anyone' } }, schema }, async () => ({
    consumers: allConsumers.map(({ name, label, userAgent, spec: { consumer: _, formats, ...size } }) => ({
      name,
      label,
      userAgent,
      ...size,
      formats: [...formats],
    })),
  }));
}
