import type { HeaderLines } from './policy.ts';

/** The document as it was fetched. */
export interface FetchedDocument {
  /** Where the document came from in the end, redirects followed; relative addresses resolve against it. */
  readonly url: string;
  readonly status: number;
  /** As received; `Content-Encoding` already undone. */
  readonly headers: HeaderLines;
  readonly body: Uint8Array;
}
