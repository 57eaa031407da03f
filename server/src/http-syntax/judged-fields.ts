import type { HeaderLines } from '../model/policy.ts';

// What responses are judged by, and what a person is shown; nothing else of a response is kept, cookies least of all.
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
