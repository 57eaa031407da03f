import { Agent, Pool } from 'undici';
import { type Guard, portOf } from '../../origin/guard.ts';
import { guardedLookup } from '../../origin/guarded-lookup.ts';

type FileLook = { readonly kind: 'same' } | { readonly kind: 'text'; readonly text: string; readonly etag: string };

export interface FileReader extends AsyncDisposable {
  /** A style or script file as its server sends it now. @param etag of the previous response, or empty. */
  read(url: string, etag: string, signal: AbortSignal): Promise<FileLook>;
}

// A busy development server answers when its build is done.
const timeout = 10_000;
// Larger ones are bundled libraries; the rest of them is not compared.
const mostBytes = 5_000_000;

export function openFileReader(guard: Guard): FileReader {
  const agent = new Agent({
    factory: (origin) =>
      new Pool(origin, {
        headersTimeout: timeout,
        bodyTimeout: timeout,
        connect: { lookup: guardedLookup(guard, portOf(new URL(origin))) },
      }),
  });
  return {
    async read(url, etag, signal) {
      guard.checkUrl(new URL(url));
      const { origin, pathname, search } = new URL(url);
      const headers = etag === '' ? {} : { 'if-none-match': etag };
      const response = await agent.request({ origin, path: pathname + search, method: 'GET', headers, signal });
      if (response.statusCode === 304) {
        await response.body.dump();
        return { kind: 'same' };
      }
      const text = await firstOf(response.body);
      return { kind: 'text', text: `${response.statusCode}\n${text}`, etag: String(response.headers['etag'] ?? '') };
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}

async function firstOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= mostBytes) break;
  }
  return Buffer.concat(chunks).toString('latin1');
}
