import type { LoaderFunctionArgs } from 'react-router';
import { consumers } from './consumers.ts';
import { page } from './page.ts';
import { queryClient } from './query-client.ts';
import { session } from './session.ts';
import { website, websites } from './websites.ts';

// What a screen needs is requested when its address is known, beside its code: not one after the other on a slow line.
// Nothing waits here; the screens show the responses and the errors.

export function loadSession(): null {
  void queryClient.prefetchQuery(session);
  return null;
}

export function loadWebsite({ params }: LoaderFunctionArgs): null {
  const id = Number(params['websiteId']);
  if (Number.isSafeInteger(id)) void queryClient.prefetchQuery(website(id));
  void queryClient.prefetchQuery(websites); // for the switch
  return null;
}

export function loadPage({ params, request }: LoaderFunctionArgs): null {
  const id = Number(params['websiteId']);
  const target = new URL(request.url).searchParams.get('target');
  if (!Number.isSafeInteger(id) || target === null) return null;
  void queryClient.prefetchQuery(page(id, target));
  void queryClient.prefetchQuery(consumers);
  return null;
}
