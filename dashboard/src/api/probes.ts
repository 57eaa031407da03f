import { queryOptions } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { Probe } from './types.ts';

const path = (websiteId: number) => `/api/v1/websites/${websiteId}/probes`;

export const probes = (websiteId: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'probes'],
    queryFn: ({ signal }) => json<{ probes: Probe[] }>(path(websiteId), { signal }).then((answer) => answer.probes),
  });

export function createProbe(websiteId: number): Promise<Probe> {
  return json(path(websiteId), { method: 'POST' });
}

export async function removeProbe(websiteId: number, id: number): Promise<void> {
  await request(`${path(websiteId)}/${id}`, { method: 'DELETE' });
}

/** Server-sent events, each with a `ProbeRequest`. */
export function probeEvents(websiteId: number, id: number): string {
  return `${path(websiteId)}/${id}/events`;
}
