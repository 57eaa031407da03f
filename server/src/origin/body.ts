import { PassThrough, pipeline, type Readable } from 'node:stream';
import zlib from 'node:zlib';
import type { Dispatcher } from 'undici';
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

// One is what was asked for; a proxy may add another one. Each costs memory, however little it unpacks.
const mostCodings = 2;

/**
 * The whole body, `Content-Encoding` undone. Reading stops at `limit` bytes of the decompressed document, so that a
 * small answer cannot unpack into a large one.
 * @throws {FetchProblem} `page-unsuitable`: too large, or in an encoding that was not asked for.
 */
export async function readBody(body: Readable, headers: HeaderLines, limit: number): Promise<Buffer> {
  const length = Number(headers.find(([name]) => name === 'content-length')?.[1] ?? 0);
  if (length > limit) {
    discard(body);
    throw tooLarge(limit);
  }
  const found = new Blocks();
  for await (const chunk of decoded(body, headers)) {
    if (found.size + chunk.length > limit) throw tooLarge(limit); // leaving the loop destroys the stream, and with it the connection
    found.add(chunk);
  }
  return found.whole();
}

function decoded(body: Readable, headers: HeaderLines): AsyncIterable<Buffer> {
  const codings = headers
    .filter(([name]) => name === 'content-encoding')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '');
  if (codings.length === 0) return body;
  if (codings.length > mostCodings) {
    discard(body);
    throw new FetchProblem('page-unsuitable', 'The page is encoded more than twice over.', { mayServeKept: false });
  }
  const streams = codings.reverse().map((coding) => {
    const decoder = decoders[coding];
    if (decoder !== undefined) return decoder();
    discard(body);
    throw new FetchProblem('page-unsuitable', `The page is encoded as ${shortened(coding)}, which was not asked for.`, {
      mayServeKept: false,
    });
  });
  // An error of any part ends the last stream with it, where the reader sees it.
  return pipeline([body, ...streams], () => {}) as unknown as AsyncIterable<Buffer>;
}

/** Lets go of a body that nobody reads, and of its connection. */
function discard(body: Readable): void {
  body.on('error', () => {}); // that it was let go of
  body.destroy();
}

// What comes with a 304, a redirect or an error page; reading so much costs less than a new connection.
const dumpedBytes = 65_536;

/** Passes over a body that nobody needs, and keeps the connection where that is cheap. */
export function skipBody(body: Dispatcher.ResponseData['body']): void {
  body.dump({ limit: dumpedBytes }).catch(() => {}); // the connection went with it
}

function tooLarge(limit: number): FetchProblem {
  return new FetchProblem('page-unsuitable', `The page is larger than ${limit / 1_000_000} MB.`, {
    mayServeKept: true,
  });
}
