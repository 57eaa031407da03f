import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { Asking } from '../harness/asking.ts';
import { page, startOrigin } from '../harness/origin.ts';

const asking = new Asking();

const secretKey = async () => secretKeyOf(await masterKey({ dataDir: asking.test.dataDir }), asking.website.publicKey);

/** As clients in the field make it, written down again from the specification. */
function signature(publicKey: string, secret: string, query: string): string {
  const mac = createHmac('sha256', secret).update(`/image?${query}`).digest().subarray(0, 16);
  return Buffer.concat([Buffer.from(`${publicKey}:`), mac]).toString('base64url');
}

async function address(query: string, publicKey: string = asking.website.publicKey): Promise<string> {
  return `/api/websites/v1/${signature(publicKey, await secretKey(), query)}/image?${query}`;
}

/** The whole HMAC in place of its first 16 bytes. */
async function fullDigest(query: string): Promise<string> {
  const mac = createHmac('sha256', await secretKey())
    .update(`/image?${query}`)
    .digest();
  return Buffer.concat([Buffer.from(`${asking.website.publicKey}:`), mac]).toString('base64url');
}

function flipped(signed: string): string {
  const bytes = Buffer.from(signed, 'base64url');
  for (let at = bytes.length - 16; at < bytes.length; at++) bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  return bytes.toString('base64url');
}

const queryOf = (url: string, more = '') => `url=${encodeURIComponent(url)}${more}`;

describe('a signed address', () => {
  it('means the same card as the other addresses of the page', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=60' } });
    const card = await asking.ask({}, `${asking.target}?a=b`);
    const signed = await asking.test.ask(await address(queryOf(`${asking.origin.url}${asking.target}?a=b`)));
    assert.equal(signed.status, 200);
    assert.match(signed.headers['cache-status'] ?? '', /^ogplus; hit/);
    assert.deepEqual(signed.body, card.body);
  });

  it('may name a page of its own website by its path, as clients in Rails do', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=60' } });
    const card = await asking.ask({}, `${asking.target}?a=b`);
    const signed = await asking.test.ask(await address(`url=${encodeURIComponent(`${asking.target}?a=b`)}`));
    assert.equal(signed.status, 200);
    assert.match(signed.headers['cache-status'] ?? '', /^ogplus; hit/);
    assert.deepEqual(signed.body, card.body);
  });

  for (const [query, heard] of [
    ['url=%2F', '/'],
    ['url=%2Fposts%2F7', '/posts/7'],
    ['url=/posts/8', '/posts/8'],
    ['url=%2Fposts%3Fq%3Da%2Bb%26c%3D%2525%26utm_source%3Dx&consumer=slack', '/posts?q=a+b&c=%25&utm_source=x'],
    ['url=%2Fcaf%25C3%25A9', '/caf%C3%A9'],
    ['url=%2Fna%C3%AFve', '/na%C3%AFve'],
    ['url=%2Fa+b', '/a%20b'],
    ['url=%2Fposts%2F9%23comments', '/posts/9'],
    // A path with an empty first segment, as a link with a slash too many makes it; never another host.
    ['url=%2F%2Fother.example%2Fx', '//other.example/x'],
    ['url=%2F%40other.example%2Fx', '/@other.example/x'],
    ['url=%2F%3A80%40other.example', '/:80@other.example'],
    ['url=%2Fhttp%3A%2F%2Fother.example%2F', '/http://other.example/'],
    ['url=%2Fa%2F..%2Fb', '/b'],
  ] as const) {
    it(`with the path ${query} is the page ${heard} of its own website`, async () => {
      assert.equal((await asking.test.ask(await address(query))).status, 200);
      assert.deepEqual(
        asking.origin.heard.map(({ target }) => target),
        [heard],
      );
    });
  }

  it('names no host where a path was meant', async () => {
    for (const [query, status] of [
      ['url=%2F%5Cother.example%2Fx', 403],
      ['url=%2F%09%2Fother.example%2Fx', 403],
      ['url=%5C%5Cother.example%2Fx', 400],
      ['url=+%2Fposts', 400],
      ['url=posts%2F7', 400],
      ['url=%3Fa%3Db', 400],
      ['url=', 400],
    ] as const) {
      const { status: found, body } = await asking.test.ask(await address(query));
      assert.equal(found, status, query);
      if (status === 400) assert.match(body.toString(), /a path such as \/page/, query);
    }
    assert.deepEqual(asking.origin.heard, []);
  });

  it('chooses the consumer, ahead of who asks', async () => {
    const body = '<style>body{margin:0}</style>';
    asking.origin.answer = page({ body });
    const { headers } = await asking.test.ask(await address(queryOf(`${asking.origin.url}/x`, '&consumer=linkedin')), {
      'user-agent': 'Twitterbot/1.0',
    });
    assert.equal(headers['content-type'], 'image/png');
    assert.match(asking.origin.heard.at(-1)?.headers['user-agent'] ?? '', / linkedin$/);
  });

  it('draws pages of other websites, which the fetch token does not reach', async () => {
    await using other = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=60' } }));
    await asking.test.service.store.websites.changeSettings(asking.website.id, { fetchToken: true });
    const target = await address(queryOf(`${other.url}/there?x=%2F`));
    assert.equal((await asking.test.ask(target)).status, 200);
    assert.match((await asking.test.ask(target)).headers['cache-status'] ?? '', /^ogplus; hit/);
    assert.deepEqual(
      other.heard.map(({ target, headers }) => [target, headers['ogplus-token']]),
      [['/there?x=%2F', undefined]],
    );
    await asking.test.service.store.changes.purge(asking.website.id, { kind: 'website' });
    assert.match((await asking.test.ask(target)).headers['cache-status'] ?? '', /fwd=miss/);
  });

  it('names its page in one spelling only, whoever reads it', async () => {
    const { host, port } = new URL(asking.origin.url);
    for (const url of [
      `http:\\\\${host}/a`,
      `http://2130706433:${port}/a`,
      `http://0x7f.1:${port}/a`,
      `http:/${host}/a`,
    ]) {
      const { status, body } = await asking.test.ask(await address(queryOf(url)));
      assert.equal(status, 403, url);
      assert.match(body.toString(), /which parsers read differently|would be read as the IP address 127\.0\.0\.1/);
    }
  });

  it('is good for HEAD too', async () => {
    const target = await address(queryOf(`${asking.origin.url}/head`));
    assert.equal((await asking.test.ask(target, {}, 'HEAD')).status, 200);
  });

  it('is refused where anything of it was changed', async () => {
    const query = queryOf(`${asking.origin.url}/page`, '&consumer=slack');
    const right = await address(query);
    const own = signature(asking.website.publicKey, await secretKey(), query);
    const other = await asking.test.website('https://other.example');
    for (const [what, target, status] of [
      ['another page', right.replace('%2Fpage', '%2Fpagf'), 403],
      ['another consumer', right.replace('slack', 'x'), 403],
      ['another order', `/api/websites/v1/${own}/image?consumer=slack&${queryOf(`${asking.origin.url}/page`)}`, 403],
      ['another spelling', right.replace('%2Fpage', '/page'), 403],
      ['a parameter more', `${right}&a=b`, 403],
      ['no query', right.split('?', 1)[0] ?? '', 403],
      [
        'another host of the page',
        right.replace(encodeURIComponent(asking.origin.url), 'https%3A%2F%2Fx.example'),
        403,
      ],
      ['another path in the query', right.replace('%2Fpage', '%2Fpage%2F'), 403],
      ['escapes in lower case', right.replace('%2Fpage', '%2fpage'), 403],
      ['a plus for a space', right.replace('&consumer', '+&consumer'), 403],
      ['an empty parameter more', `${right}&`, 403],
      ['the page twice', `${right}&${queryOf('https://x.example')}`, 403],
      ['a fragment', `${right}%23x`, 403],
      ['a path behind', right.replace('/image?', '/image/?'), 404],
      ['a shorter signature', right.replace(own, own.slice(0, -2)), 403],
      ['half a signature', right.replace(own, own.slice(0, own.length / 2)), 403],
      ['a longer signature', right.replace(own, `${own}AA`), 403],
      ['a signature twice', right.replace(own, own + own), 403],
      ['base64 in place of base64url', right.replace(own, base64(own)), 403],
      ['a full-length digest', right.replace(own, await fullDigest(query)), 403],
      ['every other bit of the proof', right.replace(own, flipped(own)), 403],
      ['a padded signature', right.replace(own, `${own}=`), 403],
      ['no signature', right.replace(own, 'x'), 403],
      ['the key of another website', await address(query, other.publicKey), 403],
      ['an unknown key', await address(query, 'ogplus_pk_unknown'), 404],
      ['no address of a page', await address('url=nothing'), 400],
      ['a user in the address', await address(queryOf('http://user@example.com/')), 400],
      ['another scheme', await address(queryOf('file:///etc/passwd')), 403],
      ['an unknown consumer', await address(queryOf(asking.origin.url, '&consumer=nobody')), 400],
    ] as const) {
      const { status: found, headers } = await asking.test.ask(target);
      assert.equal(found, status, what);
      assert.match(headers['content-type'] ?? '', /^application\/problem\+json/);
    }
    assert.deepEqual(asking.origin.heard, []);
  });

  it('is refused in each of the bits of its proof', async () => {
    const query = queryOf(`${asking.origin.url}/bits`);
    const own = Buffer.from(signature(asking.website.publicKey, await secretKey(), query), 'base64url');
    for (let bit = 0; bit < 16 * 8; bit++) {
      const other = Buffer.from(own);
      const at = own.length - 16 + (bit >> 3);
      other[at] = (other[at] ?? 0) ^ (1 << (bit & 7));
      const target = `/api/websites/v1/${other.toString('base64url')}/image?${query}`;
      assert.equal((await asking.test.ask(target)).status, 403, `bit ${bit}`);
    }
    assert.deepEqual(asking.origin.heard, []);
  });

  it('ends with its website', async () => {
    const website = await asking.test.website('https://gone.example');
    const key = secretKeyOf(await masterKey({ dataDir: asking.test.dataDir }), website.publicKey);
    const query = queryOf(`${asking.origin.url}/page`);
    const target = `/api/websites/v1/${signature(website.publicKey, key, query)}/image?${query}`;
    assert.equal((await asking.test.ask(target)).status, 200);
    await asking.test.service.store.websites.remove(website.origin);
    assert.equal((await asking.test.ask(target)).status, 404);
  });
});

/** Padded, and without the slash that would make another path of it. */
function base64(signed: string): string {
  return Buffer.from(signed, 'base64url').toString('base64').replaceAll('/', '_');
}
