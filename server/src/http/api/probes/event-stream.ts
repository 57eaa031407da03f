import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export interface StreamedEvent {
  readonly id: number;
  readonly data: object;
}

const lookEveryMs = 500;
// Proxies close connections on which nothing moves for a minute.
const quietLooks = 30;
// A browser connects again by itself, and is checked again then: it may have been signed out.
const longestMs = 5 * 60_000;

/**
 * Server-sent events (html.spec.whatwg.org, "Server-sent events"), read from the store, so that it does not matter which process
 * heard of them.
 * @param more the events after the one with this id, in order.
 */
export function eventStream(
  more: (after: number) => Promise<readonly StreamedEvent[]>,
  since: number,
  isOver: () => boolean,
): Readable {
  const ended = new AbortController();
  const stream = Readable.from(events(more, since, isOver, ended.signal), { objectMode: false, encoding: 'utf8' });
  stream.once('close', () => ended.abort());
  return stream;
}

async function* events(
  more: (after: number) => Promise<readonly StreamedEvent[]>,
  since: number,
  isOver: () => boolean,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const start = performance.now();
  let last = since;
  yield 'retry: 1000\n\n';
  for (let quiet = 0; !isOver() && !signal.aborted && performance.now() - start < longestMs; ) {
    const found = await more(last);
    for (const { id, data } of found) yield `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
    last = found.at(-1)?.id ?? last;
    quiet = found.length > 0 ? 0 : quiet + 1;
    if (quiet % quietLooks === quietLooks - 1) yield ': still here\n\n';
    await sleep(lookEveryMs, undefined, { signal }).catch(() => {}); // the client has disconnected
  }
}
