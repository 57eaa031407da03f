import type { QueryClient } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { Settings, SettingsChange, Website } from './types.ts';
import { website } from './websites.ts';

export function changeSettings(websiteId: number, change: SettingsChange): Promise<Settings> {
  return json(`/api/v1/websites/${websiteId}/settings`, { method: 'PATCH', body: change });
}

/** Shows settings as the service gave them, and has all that they may have changed asked for again. */
export async function showSettings(client: QueryClient, websiteId: number, settings: Settings): Promise<void> {
  const { queryKey } = website(websiteId);
  client.setQueryData(queryKey, (known: Website | undefined) => known && { ...known, settings });
  await client.invalidateQueries({ queryKey: ['websites'] });
}

export async function putFallbackPicture(websiteId: number, picture: Blob): Promise<void> {
  await request(`/api/v1/websites/${websiteId}/fallback-picture`, { method: 'PUT', body: picture });
}

export async function removeFallbackPicture(websiteId: number): Promise<void> {
  await request(`/api/v1/websites/${websiteId}/fallback-picture`, { method: 'DELETE' });
}
