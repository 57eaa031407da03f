import { queryOptions } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { Delivery, MadeWebhook, NewWebhook, Webhook } from './types.ts';

const path = (websiteId: number) => `/api/v1/websites/${websiteId}/webhooks`;
const lookEveryMs = 2000;

export const webhooks = (websiteId: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'webhooks'],
    queryFn: ({ signal }) =>
      json<{ webhooks: Webhook[] }>(path(websiteId), { signal }).then((answer) => answer.webhooks),
  });

/** Fetched again while it is shown, because messages are sent and tried again meanwhile. */
export const deliveries = (websiteId: number, id: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'webhooks', id, 'deliveries'],
    queryFn: ({ signal }) =>
      json<{ deliveries: Delivery[] }>(`${path(websiteId)}/${id}/deliveries`, { signal }).then(
        (answer) => answer.deliveries,
      ),
    refetchInterval: lookEveryMs,
  });

export function createWebhook(websiteId: number, body: NewWebhook): Promise<MadeWebhook> {
  return json(path(websiteId), { method: 'POST', body });
}

export async function testWebhook(websiteId: number, id: number): Promise<void> {
  await request(`${path(websiteId)}/${id}/test`, { method: 'POST' });
}

export async function removeWebhook(websiteId: number, id: number): Promise<void> {
  await request(`${path(websiteId)}/${id}`, { method: 'DELETE' });
}
