import { queryOptions } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { NewWarmup, Warmup, WarmupDetail } from './types.ts';

const path = (websiteId: number) => `/api/v1/websites/${websiteId}/warmups`;
const lookEveryMs = 1000;

export const warmups = (websiteId: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'warmups'],
    queryFn: ({ signal }) => json<{ warmups: Warmup[] }>(path(websiteId), { signal }).then((answer) => answer.warmups),
    refetchInterval: ({ state }) => (state.data?.some(goesOn) ? lookEveryMs : false),
  });

export const warmup = (websiteId: number, id: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'warmups', id],
    queryFn: ({ signal }) => json<WarmupDetail>(`${path(websiteId)}/${id}`, { signal }),
  });

export function goesOn({ endedAt }: Warmup): boolean {
  return endedAt === null;
}

export function startWarmup(websiteId: number, body: NewWarmup): Promise<Warmup> {
  return json(path(websiteId), { method: 'POST', body });
}

export async function stopWarmup(websiteId: number, id: number): Promise<void> {
  await request(`${path(websiteId)}/${id}`, { method: 'DELETE' });
}

export function resumeWarmup(websiteId: number, id: number): Promise<Warmup> {
  return json(`${path(websiteId)}/${id}/resume`, { method: 'POST' });
}
