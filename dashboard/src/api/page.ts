import { queryOptions } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { DrawingStep, PageDetail } from './types.ts';

/** One page: its cards, what was decided, what it says of itself. */
export const page = (websiteId: number, target: string) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'page', target],
    queryFn: ({ signal }) =>
      json<PageDetail>(`/api/v1/websites/${websiteId}/page?target=${encodeURIComponent(target)}`, { signal }),
    // Crawlers come at any time: who looks again sees what is so now.
    refetchOnWindowFocus: 'always',
  });

/** Where server-sent events tell that something happened to the page. */
export const pageEvents = (websiteId: number, target: string) =>
  `/api/v1/websites/${websiteId}/page-events?target=${encodeURIComponent(target)}`;

export interface NewDrawing {
  readonly websiteId: number;
  readonly target: string;
  /** A consumer, or every one. */
  readonly wanted: { readonly consumer: string } | 'all';
  readonly signal: AbortSignal;
}

/** Fetches a page and draws its cards now; gives each step as it comes. @throws {ApiError} */
export async function* drawPage({ websiteId, target, wanted, signal }: NewDrawing): AsyncGenerator<DrawingStep> {
  const path = `/api/v1/websites/${websiteId}/drawings`;
  const { body } = await request(path, {
    method: 'POST',
    body: { target, ...(wanted === 'all' ? { all: true } : wanted) },
    signal,
  });
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = (rest + read.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as DrawingStep;
  }
}
