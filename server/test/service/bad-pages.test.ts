import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Website } from '../../src/model/website.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { startTestService, type TestService } from '../harness/service.ts';

let test: TestService;
let origin: Origin;
let website: Website;

before(async () => {
  test = await startTestService({ OGPLUS_FETCH_TIMEOUT_MS: '3000', OGPLUS_FAILURE_MEMORY_MS: '0' });
  origin = await startOrigin(page());
  website = await test.website(origin.url);
});
after(async () => {
  await test[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

interface Row {
  readonly name: string;
  readonly answer: Origin['answer'];
  readonly status: number;
  readonly says: RegExp;
}

const html = { 'Content-Type': 'text/html' };
const rows: Row[] = [
  { name: 'is gone (404)', answer: page({ status: 404 }), status: 404, says: /answers 404/ },
  { name: 'is gone (410)', answer: page({ status: 410 }), status: 404, says: /answers 410/ },
  { name: 'is forbidden', answer: page({ status: 403 }), status: 422, says: /answers 403/ },
  { name: 'fails (500)', answer: page({ status: 500 }), status: 502, says: /answers 500/ },
  {
    name: 'redirects for ever',
    answer: (_, res) => res.writeHead(302, { Location: '/again' }).end(),
    status: 502,
    says: /redirects more than 5/,
  },
  { name: 'redirects nowhere', answer: (_, res) => res.writeHead(302).end(), status: 502, says: /without a Location/ },
  {
    name: 'redirects to a file',
    answer: (_, res) => res.writeHead(302, { Location: 'file:///etc/passwd' }).end(),
    status: 403,
    says: /file:/,
  },
  {
    name: 'redirects to another website',
    answer: (_, res) => res.writeHead(302, { Location: 'http://127.0.0.2:9/' }).end(),
    status: 403,
    says: /another website/,
  },
  {
    name: 'is not HTML',
    answer: (_, res) => res.writeHead(200, { 'Content-Type': 'image/png' }).end('x'),
    status: 422,
    says: /image\/png, not HTML/,
  },
  { name: 'is of no stated type', answer: (_, res) => res.writeHead(200).end('x'), status: 422, says: /not HTML/ },
  { name: 'has no content', answer: (_, res) => res.writeHead(204).end(), status: 422, says: /204/ },
  {
    name: 'is a part that nobody asked for',
    answer: (_, res) => res.writeHead(206, { ...html, 'Content-Range': 'bytes 0-2/9' }).end('<p>'),
    status: 422,
    says: /206/,
  },
  {
    name: 'says that it is 50 MB',
    answer: (_, res) => res.writeHead(200, { ...html, 'Content-Length': '50000000' }).write('x'),
    status: 422,
    says: /larger than 10 MB/,
  },
  {
    name: 'sends 50 MB without saying so',
    answer: (_, res) => {
      res.writeHead(200, html);
      const piece = Buffer.alloc(1_000_000, 'x');
      let sent = 0;
      const more = (): void => {
        while (sent++ < 50 && !res.destroyed) if (!res.write(piece)) return void res.once('drain', more);
        res.end();
      };
      more();
    },
    status: 422,
    says: /larger than 10 MB/,
  },
  {
    name: 'unpacks to 50 MB',
    answer: (_, res) =>
      res.writeHead(200, { ...html, 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
    status: 422,
    says: /larger than 10 MB/,
  },
  {
    name: 'is packed badly',
    answer: (_, res) => res.writeHead(200, { ...html, 'Content-Encoding': 'gzip' }).end('this is no gzip'),
    status: 502,
    says: /could not be fetched/,
  },
  {
    name: 'is packed in a way nobody asked for',
    answer: (_, res) => res.writeHead(200, { ...html, 'Content-Encoding': 'rot13' }).end('x'),
    status: 422,
    says: /rot13/,
  },
  { name: 'never answers', answer: () => {}, status: 504, says: /within 3 s/ },
  { name: 'never ends', answer: (_, res) => res.writeHead(200, html).write('<p>'), status: 504, says: /within 3 s/ },
  { name: 'closes the connection', answer: (req) => req.socket.destroy(), status: 502, says: /closed early/ },
  {
    name: 'closes the connection half way',
    answer: (req, res) => {
      res.writeHead(200, { ...html, 'Content-Length': '100' });
      res.write('<p>half', () => req.socket.destroy());
    },
    status: 502,
    says: /closed early/,
  },
  { name: 'answers 304 to nothing', answer: (_, res) => res.writeHead(304).end(), status: 502, says: /304/ },
  {
    name: 'sends no HTTP',
    answer: (req) => req.socket.end('hello\r\n\r\n'),
    status: 502,
    says: /could not be (fetched|read)/,
  },
];

describe('a page that', () => {
  rows.forEach(({ name, answer, status, says }, index) => {
    it(`${name} is answered with ${status} and a sentence`, async () => {
      origin.answer = answer;
      const response = await test.card(website, `/bad-${index}`);
      assert.equal(response.status, status, response.body.toString());
      assert.equal(response.headers['content-type'], 'application/problem+json');
      assert.equal(response.headers['cache-control'], 'no-store');
      const { detail, originStatus } = JSON.parse(response.body.toString()) as {
        detail: string;
        originStatus?: number;
      };
      assert.match(detail, says);
      const answered = originStatus === undefined ? '' : `fwd-status=${originStatus}; `;
      const went = status === 403 ? '' : `fwd=miss; ${answered}`;
      assert.match(response.headers['cache-status'] ?? '', new RegExp(`^ogplus; ${went}detail=[a-z-]+$`));
    });
  });

  it('is bad does no harm: the next good one is drawn', async () => {
    origin.answer = page();
    assert.equal((await test.card(website, '/good')).status, 200);
  });
});

describe('an origin that cannot be reached', () => {
  it('is answered with 502 where nothing listens', async () => {
    const nobody = await test.website('http://127.0.0.1:9999');
    const response = await test.card(nobody, '/');
    assert.equal(response.status, 502);
    assert.match(response.body.toString(), /refused/);
  });

  it('is answered with 403 where its address is not public', async () => {
    for (const address of ['http://10.0.0.1', 'http://192.168.1.1', 'http://169.254.169.254', 'http://[::1]:3000']) {
      const response = await test.card(await test.website(address), '/');
      assert.equal(response.status, 403, address);
      assert.match(response.body.toString(), /OGPLUS_ALLOW_NETWORKS/);
    }
  });

  it('is answered with 502 where its name has no address', async () => {
    const response = await test.card(await test.website('https://nothing.invalid'), '/');
    assert.equal(response.status, 502);
    assert.match(response.body.toString(), /no address/);
  });
});
