import { readDocument } from '../../src/document/read-document.ts';
import type { FetchedDocument, ReadDocument } from '../../src/model/document.ts';
import type { HeaderLines } from '../../src/model/policy.ts';

/** A document as a fetch gives it. */
export function fetchedDocument({
  url = 'https://example.com/',
  status = 200,
  headers = [['content-type', 'text/html']],
  body,
}: Partial<Pick<FetchedDocument, 'url' | 'status' | 'headers'>> & {
  readonly body: Uint8Array | string;
}): FetchedDocument {
  return { url, status, headers, ...readDocument(Buffer.from(body), headers) };
}

/** For a fetcher whose documents are short. */
export async function readAtOnce(bytes: Buffer, headers: HeaderLines): Promise<ReadDocument> {
  return readDocument(bytes, headers);
}
