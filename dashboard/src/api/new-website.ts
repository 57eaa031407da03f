import { type QueryClient, queryOptions, skipToken } from '@tanstack/react-query';
import { json } from './request.ts';
import type { MadeWebsite, NewKey } from './types.ts';
import { website, websites } from './websites.ts';

/** @param origin as somebody typed it. */
export function createWebsite(origin: string): Promise<MadeWebsite> {
  return json('/api/v1/websites', { method: 'POST', body: { origin } });
}

/**
 * The key that a website was made with, until it is put away or the window is loaded again: held here alone, because the
 * service does not show it twice.
 */
export const firstKey = (websiteId: number) =>
  queryOptions<NewKey | null>({
    queryKey: ['first-key', websiteId],
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** Makes a new website known to all screens, with its key. */
export async function welcome(client: QueryClient, made: MadeWebsite): Promise<void> {
  client.setQueryData(website(made.website.id).queryKey, made.website);
  client.setQueryData(firstKey(made.website.id).queryKey, made.key);
  await client.invalidateQueries({ queryKey: websites.queryKey, exact: true });
}
