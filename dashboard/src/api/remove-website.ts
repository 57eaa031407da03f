import type { QueryClient } from '@tanstack/react-query';
import { request } from './request.ts';
import type { Website } from './types.ts';
import { website, websites } from './websites.ts';

export async function removeWebsite(id: number): Promise<void> {
  await request(`/api/v1/websites/${id}`, { method: 'DELETE' });
}

/** Forgets a website that is gone, or that one may not see any more. */
export function forgetWebsite(client: QueryClient, id: number): void {
  client.setQueryData(websites.queryKey, (known: Website[] | undefined) => known?.filter((one) => one.id !== id));
  client.removeQueries({ queryKey: website(id).queryKey });
}
