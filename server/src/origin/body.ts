import { PassThrough, pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';
import type { HeaderLines } from '../model/policy.ts';
import { shortened } from '../model/shortened.ts';
import { Blocks } from './blocks.ts';
import { FetchProblem } from './fetch-problem.ts';

const decoders: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
  identity: () => new PassThrough(),
};

// One is what we asked for; a proxy may add another. Each costs memory, however little it unpacks.
const mostCodings = 2;

/**
 * The whole body, with `Content-Encoding` undone. Reading stops at `limit` bytes of the decompressed document, so that a
 * small response cannot unpack into a large one.
 * @throws {FetchProblem} `page-unsuitable`: too large, or in an encoding that was not requested.
 */
export async function readBody(body: Readable | null, headers: HeaderLines, limit: number): Promise<Buffer> {
  const length = Number(headers.find(([name]) => name === 'content-length')?.[1] ?? 0);
  if (length > limit) {
    discard(body);
    throw tooLarge(limit);
  }
  const found = new Blocks();
  for await (const chunk of decoded(body, headers)) {
    if (found.size + chunk.length > limit) throw tooLarge(limit); // leaving the loop destroys the stream and the connection
    found.add(chunk);
  }
  return found.whole();
}

/** The body with its `Content-Encoding` undone. */
export function decoded(body: Readable | null, headers: HeaderLines): AsyncIterable<Buffer> {
  if (body === null) return Readable.from([]);
  const codings = headers
    .filter(([name]) => name === 'content-encoding')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '');
  if (codings.length === 0) return body;
  if (codings.length > mostCodings) {
    discard(body);
    throw new FetchProblem('page-unsuitable', 'The page has more than two content encodings.', { mayServeKept: false });
  }
  const streams = codings.reverse().map((coding) => {
    const decoder = decoders[coding];
    if (decoder !== undefined) return decoder();
    discard(body);
    throw new FetchProblem('page-unsuitable', `The page is encoded as ${shortened(coding)}, which was not requested.`, {
      mayServeKept: false,
    });
  });
  // An error in any stream destroys the last one with it, where the reader sees it.
  return pipeline([body, ...streams], () => {}) as unknown as AsyncIterable<Buffer>;
}

/** Drops an unread body and its connection. */
function discard(body: Readable | null): void {
  body?.on('error', () => {}); // caused by destroying it
  body?.destroy();
}

// The size of a 304's, redirect's or error page's body: reading this much costs less than a new connection.
const dumpedBytes = 65_536;

/** Skips an unneeded body, and keeps the connection if that is cheap. */
export function skipBody(body: Readable | null): void {
  let size = 0;
  body?.on('error', () => {}); // the connection is closed then
  body?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > dumpedBytes) body.destroy();
  });
}

function tooLarge(limit: number): FetchProblem {
  return new FetchProblem('page-unsuitable', `The page is larger than ${limit / 1_000_000} MB.`, {
    mayServeKept: true,
  });
}
