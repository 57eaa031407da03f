import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { milliseconds, systemClock } from '../../src/model/units.ts';
import { createFetcher, type Fetcher } from '../../src/origin/fetch.ts';
import { createGuard } from '../../src/origin/guard.ts';
import { readAtOnce } from '../harness/documents.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';

let origin: Origin;
let fetcher: Fetcher;
before(async () => {
  origin = await startOrigin(page());
  fetcher = createFetcher({
    guard: createGuard(readConfig({ OGPLUS_ALLOW_NETWORKS: '127.0.0.1' }).allowNetworks),
    clock: systemClock,
    timeout: milliseconds(1500),
    maxDocumentBytes: 1000,
    read: readAtOnce,
  });
});
after(async () => {
  await fetcher[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const fetchPage = (signal?: AbortSignal) =>
  fetcher.fetch({ origin: origin.url, target: '/', headers: {}, redirectHosts: [], bypassCaches: false }, signal);

/** A body that goes on, a byte at a time, so that no pause between two is too long. */
function trickle(res: ServerResponse): Promise<void> {
  const going = setInterval(() => res.write('.'), 20);
  return new Promise((resolve) =>
    res.once('close', () => {
      clearInterval(going);
      resolve();
    }),
  );
}

describe('the deadline of a fetch', () => {
  it('cuts a body that is skipped and does not end, after the result is known', async () => {
    const closed = Promise.withResolvers<void>();
    origin.answer = (_, res) => {
      res.writeHead(404);
      void trickle(res).then(closed.resolve);
    };
    assert.equal((await fetchPage()).kind, 'gone');
    await closed.promise;
  });

  it('cuts the body of a redirect too', async () => {
    const closed = Promise.withResolvers<void>();
    let asked = 0;
    origin.answer = (req, res) => {
      asked++;
      if (asked > 1) return page()(req, res);
      res.writeHead(302, { Location: '/' });
      void trickle(res).then(closed.resolve);
    };
    assert.equal((await fetchPage()).kind, 'document');
    await closed.promise;
  });

  it('is told as such', async () => {
    origin.answer = (_, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html' });
      void trickle(res);
    };
    await assert.rejects(fetchPage(), /did not answer within 1.5 s/);
  });

  it('leaves a stop its own reason', async () => {
    const stop = new AbortController();
    origin.answer = () => stop.abort();
    await assert.rejects(fetchPage(stop.signal), /stopping/);
  });
});
