import type { HeaderLines } from '../model/policy.ts';

// What responses are judged by and what owners are shown. No other field is kept, least of all cookies.
const judged = new Set([
  'age',
  'cache-control',
  'cdn-cache-control',
  'content-type',
  'date',
  'etag',
  'expires',
  'last-modified',
  'vary',
]);

/** The fields of a response that are kept with a card. */
export function judgedFields(headers: HeaderLines): HeaderLines {
  return headers.filter(([name]) => judged.has(name));
}
