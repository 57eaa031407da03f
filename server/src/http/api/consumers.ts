import { allConsumers } from '../../cards/consumers.ts';
import type { Api } from './api.ts';
import { Consumers } from './schemas/consumers.ts';

export function addConsumerRoutes(api: Api): void {
  const schema = { summary: 'The consumers that cards are drawn for', response: { 200: Consumers } };
  api.get('/consumers', { config: { access: { who: 'anyone' } }, schema }, async () => ({
    consumers: allConsumers.map(({ name, label, frame: { consumer: _, formats, ...frame } }) => ({
      name,
      label,
      ...frame,
      formats: [...formats],
    })),
  }));
}
