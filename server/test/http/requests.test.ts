import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Website } from '../../src/model/website.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { connectRaw, exchange, type Raw } from '../harness/raw.ts';
import { startTestService, type TestService } from '../harness/service.ts';
import { until } from '../harness/until.ts';

let test: TestService;
let origin: Origin;
let website: Website;
let host: string;

before(async () => {
  test = await startTestService();
  origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
  website = await test.website(origin.url);
  host = `${website.connection}.localhost`;
});
after(async () => {
  await test[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await test.service.store.changes.purge(website.id, { kind: 'website' });
  origin.heard.length = 0;
});

const send = (request: string) => exchange(test.service.address, request);
const get = (target: string, ...lines: string[]) =>
  send([`GET ${target} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n'));
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);

/** A picture of noise cannot be made small. */
const noise = `<style>body{margin:0}</style><canvas width=1200 height=630></canvas><script>
const context = document.querySelector('canvas').getContext('2d');
const image = context.createImageData(1200, 630);
for (let at = 0; at < image.data.length; at += 65536) crypto.getRandomValues(image.data.subarray(at, at + 65536));
for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255;
context.putImageData(image, 0, 0);
</script>`;

/** A connection that reads nothing does not hear that it was cut; a write to it does. */
async function isCut(raw: Raw): Promise<void> {
  const writing = setInterval(() => raw.socket.write('\r\n'), 50);
  await raw.ended;
  clearInterval(writing);
}

/** A refusal: a problem that is not kept, says nothing of the inside, and ends the connection. */
function isRefusal(answer: string, status: number): void {
  assert.equal(statusOf(answer), status, answer);
  assert.match(answer, /^Connection: close\r$/im);
  assert.match(answer, /^Content-Type: application\/problem\+json\r$/im);
  assert.match(answer, /^Cache-Control: no-store\r$/im);
  assert.doesNotMatch(answer, /node|fastify|HPE_|FST_|\.ts|\bat /i);
}

describe('a request that has more than one meaning', () => {
  for (const [what, head] of [
    ['two hosts', (h: string) => ['GET / HTTP/1.1', `Host: ${h}`, 'Host: other.localhost']],
    ['the same host twice', (h: string) => ['GET / HTTP/1.1', `Host: ${h}`, `hOsT: ${h}`]],
    ['an empty host', () => ['GET / HTTP/1.1', 'Host:']],
    ['a host with a path', (h: string) => ['GET / HTTP/1.1', `Host: ${h}/x`]],
    ['a host with a user', (h: string) => ['GET / HTTP/1.1', `Host: x@${h}`]],
    ['a host with a space', (h: string) => ['GET / HTTP/1.1', `Host: ${h} x`]],
    ['two hosts in one', (h: string) => ['GET / HTTP/1.1', `Host: ${h}, other.localhost`]],
    ['a host with a wrong port', (h: string) => ['GET / HTTP/1.1', `Host: ${h}:x`]],
    ['no path', (h: string) => ['GET x HTTP/1.1', `Host: ${h}`]],
    ['an asterisk', (h: string) => ['OPTIONS * HTTP/1.1', `Host: ${h}`]],
    ['another scheme', (h: string) => [`GET ftp://${h}/ HTTP/1.1`, `Host: ${h}`]],
    ['no host in absolute form', (h: string) => ['GET http:///x HTTP/1.1', `Host: ${h}`]],
    ['a user in absolute form', (h: string) => [`GET http://u@${h}/ HTTP/1.1`, `Host: ${h}`]],
    ['two lengths', (h: string) => ['GET / HTTP/1.1', `Host: ${h}`, 'Content-Length: 1', 'Content-Length: 2']],
    [
      'a length and chunks',
      (h: string) => ['POST / HTTP/1.1', `Host: ${h}`, 'Content-Length: 1', 'Transfer-Encoding: chunked'],
    ],
    ['a coding that is unknown', (h: string) => ['GET / HTTP/1.1', `Host: ${h}`, 'Transfer-Encoding: xchunked']],
    ['a folded field', (h: string) => ['GET / HTTP/1.1', `Host: ${h}`, 'X: a', ' b']],
    ['a space before the colon', (h: string) => ['GET / HTTP/1.1', `Host : ${h}`]],
    ['a control character', (h: string) => ['GET / HTTP/1.1', `Host: ${h}`, 'X: \x01']],
    ['a space in the address', (h: string) => ['GET /a b HTTP/1.1', `Host: ${h}`]],
    ['no version', (h: string) => ['GET /', `Host: ${h}`]],
    ['another protocol', () => ['\x16\x03\x01\x02']],
  ] as const) {
    it(`is refused: ${what}`, async () => {
      const answer = await send([...head(host), '', ''].join('\r\n'));
      isRefusal(answer, 400);
      assert.equal(answer.match(/HTTP\/1\.1 /g)?.length, 1);
      assert.deepEqual(origin.heard, []);
    });
  }

  it('is refused: no host', async () => {
    const answer = await get('/');
    assert.equal(statusOf(answer), 400);
    assert.doesNotMatch(answer, /node|fastify/i);
  });
});

describe('a request in absolute form', () => {
  it('means the host and the path that it names, whatever the Host field says', async () => {
    const answer = await get(`http://${host}/a%2Fb?c`, `Host: ${new URL(test.service.address).host}`);
    assert.equal(statusOf(answer), 200);
    assert.deepEqual(
      origin.heard.map(({ target }) => target),
      ['/a%2Fb?c'],
    );
    assert.equal(statusOf(await get(`HTTP://${host}?q`, 'Host: x')), 200);
    assert.deepEqual(
      origin.heard.map(({ target }) => target),
      ['/a%2Fb?c', '/?q'],
    );
  });

  it('opens nothing on a connection host that is not there in origin form', async () => {
    const own = new URL(test.service.address).host;
    assert.match(await get(`http://${own}/healthz`, `Host: ${host}`), /"ok"/);
    assert.doesNotMatch(await get(`http://${host}/healthz`, `Host: ${own}`), /"ok"/);
    assert.deepEqual(
      origin.heard.map(({ target }) => target),
      ['/healthz'],
    );
  });
});

describe('a request that is too large', () => {
  it('is refused: its address', async () => {
    isRefusal(await get(`/${'x'.repeat(8192)}`, `Host: ${host}`), 400);
    isRefusal(await get(`/${'x'.repeat(20_000)}`, `Host: ${host}`), 431);
    assert.equal(statusOf(await get(`/${'x'.repeat(8000)}`, `Host: ${host}`)), 200);
  });

  it('is refused: its header', async () => {
    isRefusal(await get('/', `Host: ${host}`, `X: ${'x'.repeat(20_000)}`), 431);
  });

  it('is refused: the number of its fields', async () => {
    const many = Array.from({ length: 150 }, (_, n) => `X-${n}: x`);
    const answer = await get('/', `Host: ${host}`, ...many);
    isRefusal(answer, 431);
  });
});

describe('a body', () => {
  it('is refused with a request for an image, and is not read', async () => {
    for (const lines of [['Content-Length: 1000000'], ['Transfer-Encoding: chunked']]) {
      isRefusal(await send(['GET / HTTP/1.1', `Host: ${host}`, ...lines, '', 'x'].join('\r\n')), 400);
      const post = await send(['POST / HTTP/1.1', `Host: ${host}`, ...lines, '', 'x'].join('\r\n'));
      assert.equal(statusOf(post), 405);
    }
    assert.deepEqual(origin.heard, []);
  });

  it('hides no second request', async () => {
    const hidden = `GET /hidden HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    const request = `GET / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`;
    const answer = await send(request);
    assert.equal(answer.match(/HTTP\/1\.1 /g)?.length, 1);
    assert.deepEqual(origin.heard, []);
  });
});

describe('a method that an address does not answer', () => {
  const typeOf = (answer: string) => /"type":"[^"]*\/problems\/([\w-]+)"/.exec(answer)?.[1];
  const ask = (method: string, path: string, name = new URL(test.service.address).host) =>
    send([`${method} ${path} HTTP/1.1`, `Host: ${name}`, 'Connection: close', '', ''].join('\r\n'));

  for (const [method, path, allowed] of [
    ['PUT', '/api/v1/websites', 'GET, HEAD, POST'],
    ['GET', '/api/v1/websites/1/purges', 'POST'],
    ['OPTIONS', '/api/v1/websites/1/pages', 'GET, HEAD'],
    ['TRACE', '/healthz', 'GET, HEAD'],
    ['QUERY', '/healthz', 'GET, HEAD'],
    ['QUERY', '/api/v1/websites', 'GET, HEAD, POST'],
    ['GET', '/api/auth/sign-out', 'POST'],
    ['POST', '/', 'GET, HEAD'],
    ['DELETE', '/docs/guides', 'GET, HEAD'],
  ] as const) {
    it(`gets 405 with those that it answers: ${method} ${path}`, async () => {
      const answer = await ask(method, path);
      assert.equal(statusOf(answer), 405, answer);
      assert.match(answer, new RegExp(`^allow: ${allowed}\r$`, 'im'));
      assert.equal(typeOf(answer), 'method-not-allowed');
    });
  }

  it('gets 405 with a problem from a card, too, and the connection is closed where it asks for that', async () => {
    const answer = await ask('POST', '/', host);
    assert.equal(statusOf(answer), 405, answer);
    assert.match(answer, /^Connection: close\r$/m);
    assert.match(answer, /^Allow: GET, HEAD\r$/m);
    assert.equal(typeOf(answer), 'method-not-allowed');
  });

  it('gets 404 where there is nothing for any method', async () => {
    for (const method of ['GET', 'PUT', 'QUERY']) {
      const answer = await ask(method, '/api/v1/nothing');
      assert.deepEqual([statusOf(answer), typeOf(answer)], [404, 'not-found'], answer);
    }
  });

  it('gets the same whatever body comes with it, which is not read', async () => {
    const body = ['Content-Type: text/plain', 'Content-Length: 100000', '', 'x'];
    for (const [path, status] of [
      ['/healthz', 405],
      ['/api/v1/nothing', 404],
    ] as const) {
      const { host: own } = new URL(test.service.address);
      const answer = await send([`POST ${path} HTTP/1.1`, `Host: ${own}`, ...body].join('\r\n'));
      assert.equal(statusOf(answer), status, answer);
      assert.match(answer, /^Connection: close\r$/m);
    }
  });

  for (const line of ['CONNECT example.com:443', 'CONNECT /', 'BREW /healthz', 'get /healthz']) {
    it(`gets 501 where no address answers it: ${line}`, async () => {
      for (const name of [new URL(test.service.address).host, host]) {
        const answer = await send(`${line} HTTP/1.1\r\nHost: ${name}\r\n\r\n`);
        isRefusal(answer, 501);
        assert.equal(typeOf(answer), 'method-unsupported');
      }
    });
  }
});

describe('a refusal of what was sent', () => {
  const typeOf = (answer: string) => /"type":"[^"]*\/problems\/([\w-]+)"/.exec(answer)?.[1];
  const own = () => new URL(test.service.address).host;
  const post = (...lines: string[]) =>
    send(['POST /api/v1/accounts HTTP/1.1', `Host: ${own()}`, 'Connection: close', ...lines].join('\r\n'));

  it('says what is wrong with a body', async () => {
    const xml = await post('Content-Type: text/xml', 'Content-Length: 4', '', '<a/>');
    assert.deepEqual([statusOf(xml), typeOf(xml)], [415, 'unsupported-media-type'], xml);
    const json = 'Content-Type: application/json';
    assert.match(await post(json, 'Content-Length: 0', '', ''), /^HTTP.* 400 .*"detail":"The body is empty\./s);
    assert.match(
      await post(json, 'Content-Length: 1', '', '{'),
      /^HTTP.* 400 .*"detail":"The body is not valid JSON\."/s,
    );
    const large = await post('Content-Type: application/json', 'Content-Length: 100000', '', 'x');
    assert.deepEqual([statusOf(large), typeOf(large)], [413, 'request-too-large'], large);
  });

  it('has a type for each that no route sees', async () => {
    const long = await get('/', `Host: ${host}`, `X: ${'x'.repeat(20_000)}`);
    assert.deepEqual([statusOf(long), typeOf(long)], [431, 'header-too-large'], long);
    const nameless = await send('GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
    assert.deepEqual([statusOf(nameless), typeOf(nameless)], [400, 'malformed-address'], nameless);
    const expecting = await get('/', `Host: ${host}`, 'Expect: nothing-known');
    assert.deepEqual([statusOf(expecting), typeOf(expecting)], [417, 'expectation-failed'], expecting);
  });
});

describe('a connection host', () => {
  for (const path of ['/', '/healthz', '/readyz', '/metrics', '/about', '/api/v1/page', '/problems/queue-full']) {
    it(`serves a card at ${path}, and nothing else`, async () => {
      const { status, headers } = await test.card(website, path);
      assert.deepEqual([status, headers['content-type']?.split('/')[0]], [200, 'image']);
      assert.deepEqual(
        origin.heard.map(({ target }) => target),
        [path],
      );
    });
  }

  it('is none where nobody has it, whatever is asked for', async () => {
    for (const unknown of ['nobody.localhost', 'a.b.localhost', '.localhost', `${host}.localhost`, '*.localhost']) {
      const answer = await get('/healthz', `Host: ${unknown}`);
      assert.ok([400, 404].includes(statusOf(answer)), `${unknown}: ${answer}`);
      assert.doesNotMatch(answer, /"ok"/);
    }
  });
});

describe('an answer that is no image', () => {
  const data = ['/about', '/healthz', '/readyz', '/metrics', '/problems/queue-full', '/api/nothing', '/api/v1/page'];
  const dashboard = ['/', '/websites/1', '/nothing'];
  for (const path of [...data, ...dashboard]) {
    it(`lets a browser do nothing but show it: ${path}`, async () => {
      const { headers } = await test.ask(path);
      const policy = (headers['content-security-policy'] ?? '').split('; ');
      assert.ok(policy.includes("default-src 'none'") && policy.includes("frame-ancestors 'none'"), policy.join());
      // Nothing but the dashboard runs anything, and that nothing of others.
      const sources = policy.filter((one) => !one.endsWith("'none'"));
      if (data.includes(path)) assert.deepEqual(sources, []);
      assert.ok(
        policy.every((one) => !/\*|http|unsafe-eval/.test(one)),
        policy.join(),
      );
      assert.deepEqual(
        policy.filter((one) => one.startsWith('script-src')),
        data.includes(path) ? [] : ["script-src 'self'"],
      );
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
      assert.equal(headers['x-frame-options'], 'DENY');
    });
  }

  it('names no software and no version, nor does an image', async () => {
    for (const { headers } of [await test.ask('/'), await test.ask('/nothing'), await test.card(website, '/')]) {
      assert.equal(headers['server'], undefined);
      assert.equal(headers['x-powered-by'], undefined);
    }
  });
});

describe('/metrics', () => {
  it('is answered to the networks that may know, and is not there for others', async () => {
    await using closed = await startTestService({ OGPLUS_METRICS_NETWORKS: '10.0.0.0/8' });
    assert.equal((await closed.ask('/metrics')).status, 404);
    assert.equal((await test.ask('/metrics')).status, 200);
  });

  it('is not there for clients of a proxy', async () => {
    await using proxied = await startTestService({ OGPLUS_TRUSTED_PROXIES: '127.0.0.1' });
    assert.equal((await proxied.ask('/metrics', { 'x-forwarded-for': '192.0.2.1' })).status, 404);
    assert.equal((await proxied.ask('/metrics')).status, 200);
  });
});

describe('the metrics of a card', () => {
  it('count its fetch and its render once, whoever else is sent it', async () => {
    await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=60' } }));
    await using counted = await startTestService();
    const website = await counted.website(origin.url);
    const send = () => counted.card(website, '/');
    await Promise.all([send(), send(), send()]);
    await send();
    const metrics = (await counted.ask('/metrics')).body.toString();
    for (const line of [
      'ogplus_fetch_seconds_count 1',
      'ogplus_render_seconds_count 1',
      'ogplus_encode_seconds_count 1',
      'ogplus_renders_total 1',
      'ogplus_answers_total{kind="hit"} 1',
      'ogplus_answers_total{kind="miss"} 3',
    ]) {
      assert.ok(metrics.split('\n').includes(line), `${line}\n${metrics}`);
    }
  });
});

describe('a client that is slow', () => {
  it('is not waited for: half a request, and no request at all', async () => {
    await using slow = await startTestService({ OGPLUS_RECEIVE_TIMEOUT_MS: '200' });
    const half = await connectRaw(slow.service.address);
    half.send('GET / HTTP/1.1\r\nHost: x');
    const silent = await connectRaw(slow.service.address);
    const body = await connectRaw(slow.service.address);
    body.send('POST /api/v1/page HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx');
    for (const { ended } of [half, silent, body]) assert.match(await ended, /^(HTTP\/1\.1 4\d\d |$)/);
    isRefusal(await half.ended, 408);
  });

  it('is cut off when it does not take its pictures', async () => {
    await using slow = await startTestService({ OGPLUS_SEND_TIMEOUT_MS: '200' });
    await using heavy = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' }, body: noise }));
    const site = await slow.website(heavy.url);
    const { body } = await slow.card(site, '/picture');
    assert.ok(body.length * 10 > 5_000_000, `${body.length} bytes, more than the buffers of two sockets hold`);
    const reader = await connectRaw(slow.service.address);
    reader.socket.pause();
    reader.send(`GET /picture HTTP/1.1\r\nHost: ${site.connection}.localhost\r\n\r\n`.repeat(10));
    await isCut(reader);
  });

  it('is cut off when it asks for more and more, and takes nothing', async () => {
    const reader = await connectRaw(test.service.address);
    reader.socket.pause();
    reader.send(`GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(1000));
    await isCut(reader);
  });

  it('may ask for a few at once', async () => {
    const answers = await send(
      `GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(19) +
        'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    assert.equal(answers.match(/"ok"/g)?.length, 20);
  });
});

describe('more connections than may be', () => {
  it('of one client are refused, and another client is served', async () => {
    await using few = await startTestService({ OGPLUS_MAX_CONNECTIONS: '20' });
    const site = await few.website(origin.url);
    const held = await Promise.all(Array.from({ length: 8 }, () => connectRaw(few.service.address, '127.0.0.9')));
    let refused = 0;
    for (const { ended } of held) void ended.then(() => refused++);
    // A quarter of twenty may stay.
    await until('the others are cut', () => refused === 3);
    assert.equal((await few.card(site, '/picture')).status, 200);
    for (const { socket } of held) socket.destroy();
  });
});
