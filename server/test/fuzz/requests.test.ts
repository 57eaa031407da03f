import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { runs, texts } from '../harness/fuzz.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { connectRaw } from '../harness/raw.ts';
import { startTestService, type TestService } from '../harness/service.ts';

let test: TestService;
let origin: Origin;
const log: string[] = [];

before(async () => {
  test = await startTestService({ OGPLUS_LOG_LEVEL: 'error' }, { write: (line) => void log.push(line) });
  origin = await startOrigin(page({ status: 404, headers: { 'Cache-Control': 'max-age=600' } }));
});
after(async () => {
  await test[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'CONNECT', 'PRI', 'get', '');
const targets = texts(
  '/',
  '/api/websites/v1/',
  'domain/',
  '/image',
  '?',
  'url=',
  '/api/v1/page',
  '%',
  'http://',
  '*',
  ' ',
  '/metrics',
  '/problems/',
);
const fields = fc.array(
  fc.tuple(
    fc.constantFrom(
      'Host',
      'Content-Length',
      'Transfer-Encoding',
      'Connection',
      'Expect',
      'Upgrade',
      'If-None-Match',
      'Authorization',
      'Accept-Language',
      'X-Forwarded-For',
      'Forwarded',
      'Range',
      'Cookie',
    ),
    texts(
      'a',
      'localhost',
      '.localhost',
      ':',
      '1',
      'chunked',
      'close',
      'upgrade',
      'websocket',
      '100-continue',
      '"',
      ',',
      'Bearer ogplus_live_',
      'e30',
      '\r\n',
      '\t',
      '=',
      ';',
    ),
  ),
  { maxLength: 6 },
);
const requests = fc.oneof(
  { weight: 1, arbitrary: texts('GET', ' ', '/', 'HTTP/1.1', '\r\n', '\n', ':', 'Host') },
  {
    weight: 4,
    arbitrary: fc
      .tuple(methods, targets, fields, fc.string({ unit: 'binary', maxLength: 50 }))
      .map(([method, target, lines, body]) =>
        [
          `${method} ${target} HTTP/1.1`,
          'Host: x.localhost',
          ...lines.map(([name, value]) => `${name}: ${value}`),
          '',
          body,
        ].join('\r\n'),
      ),
  },
);

describe('whatever is sent to the service', () => {
  it('is answered or not, says nothing of the inside, and leaves the service as it was', async () => {
    const website = await test.website(origin.url);
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const bytes = request.replaceAll('x.localhost', `${website.connection}.localhost`);
        const raw = await connectRaw(test.service.address);
        raw.send(bytes);
        raw.socket.end();
        const answer = await raw.ended;
        assert.match(answer, /^$|^HTTP\/1\.1 [1-5]\d\d /);
        assert.doesNotMatch(answer, /^HTTP\/1\.1 500|at \S+ \(|node_modules|fastify|FST_|HPE_/m);
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
    assert.equal((await test.ask('/healthz')).status, 200);
    assert.deepEqual(log, []);
  });
});
