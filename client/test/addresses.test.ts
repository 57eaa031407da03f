import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createOgPlus, OgPlusError, type OgPlusOptions } from '../src/index.ts';

/** What the code of the Ruby gem `opengraphplus` gives, run on these pages with the Ruby's own libraries. */
const gem: {
  service: string;
  publicKey: string;
  secretKey: string;
  signed: Array<{ page: string; consumer?: string; address: string }>;
  domain: Array<{ page: string; address: string }>;
} = JSON.parse(readFileSync(new URL('./ruby-gem.json', import.meta.url), 'utf8'));
const { service, publicKey, secretKey } = gem;
const apiKey = `ogplus_live_${Buffer.from(JSON.stringify({ pk: publicKey, sk: secretKey })).toString('base64url')}`;
const connectionUrl = 'https://mlghbepw.cards.example.com';

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

describe('the addresses of the Ruby gem', () => {
  const withKey = createOgPlus({ service, apiKey });
  for (const { page, consumer, address } of gem.signed) {
    it(`are signed alike: ${shortened(page)} ${consumer ?? ''}`, async () => {
      assert.equal(await withKey.signedImage(page, { consumer }), address);
    });
  }

  const withPublicKey = createOgPlus({ service, publicKey });
  for (const { page, address } of gem.domain) {
    it(`are the same without a signature: ${shortened(page)}`, () => {
      // The gem leaves dots in a path; whoever asks for such an address takes them out.
      assert.equal(withPublicKey.image(page), new URL(address).href);
      assert.equal(withKey.image(page), new URL(address).href);
    });
  }
});

describe('the address of a card', () => {
  const og = createOgPlus({ connectionUrl });
  for (const [page, path] of [
    ['https://example.com/blog/hello', '/blog/hello'],
    ['https://example.com', '/'],
    ['/blog/hello', '/blog/hello'],
    ['https://example.com/page?utm_source=x#comments', '/page'],
    ['/page?a=b#c', '/page'],
    ['/café/日本', '/caf%C3%A9/%E6%97%A5%E6%9C%AC'],
    ['/caf%C3%A9', '/caf%C3%A9'],
    ['/a%2Fb/c', '/a%2Fb/c'],
    ['/100%', '/100%'],
    ['/a b"<>', '/a%20b%22%3C%3E'],
    ['//other.example/x', '//other.example/x'],
    ['/@other.example/x', '/@other.example/x'],
    ['/https://other.example/', '/https://other.example/'],
    ['/a/../b/./c', '/b/c'],
  ] as const) {
    it(`is that of the page: ${page}`, () => {
      assert.equal(og.image(page), connectionUrl + path);
    });
  }

  it('takes a URL as well', () => {
    assert.equal(og.image(new URL('https://example.com/x?y#z')), `${connectionUrl}/x`);
  });

  for (const [query, expected] of [
    [undefined, ''],
    ['drop', ''],
    ['keep', '?a=1&b=%20x&c&utm_source=y'],
    [['b', 'd e'], '?b=%20x'],
    [[], ''],
  ] as const) {
    it(`has of the query what is kept: ${JSON.stringify(query)}`, () => {
      const page = 'https://example.com/p?a=1&b=%20x&c&utm_source=y&ogplus_consumer=slack&ogplus%5Fv=1#f';
      assert.equal(og.image(page, { query }), `${connectionUrl}/p${expected}`);
    });
  }

  it('names a version and a network, behind the query that is kept', () => {
    assert.equal(og.image('/p', { version: 3 }), `${connectionUrl}/p?ogplus_v=3`);
    assert.equal(og.image('/p', { version: 'a b&c' }), `${connectionUrl}/p?ogplus_v=a+b%26c`);
    assert.equal(
      og.image('/p?a=1', { query: 'keep', version: 0, consumer: 'linkedin' }),
      `${connectionUrl}/p?a=1&ogplus_consumer=linkedin&ogplus_v=0`,
    );
    assert.equal(og.image('/p', { version: '' }), `${connectionUrl}/p`);
  });

  it('begins with the connection address where service and key are named as well', async () => {
    const all = createOgPlus({ connectionUrl: `${connectionUrl}/`, service: `${service}/`, apiKey });
    assert.equal(all.image('/p'), `${connectionUrl}/p`);
    assert.match(await all.signedImage('/p'), /^https:\/\/ogplus\.example\/api\/websites\/v1\//);
  });

  it('may be signed with a version', async () => {
    const address = new URL(await createOgPlus({ service, apiKey }).signedImage('/p', { version: 2 }));
    assert.equal(address.search, '?url=%2Fp&ogplus_v=2');
  });
});

describe('what is wrong', () => {
  const og = createOgPlus({ connectionUrl });

  it('is said of a page that is none', () => {
    for (const page of [
      '',
      'blog/hello',
      'ftp://example.com/',
      'https://user:secret@example.com/',
      'https://',
    ] as const) {
      assert.throws(
        () => og.image(page),
        /is not a page\. Pass its address, such as https:\/\/example\.com\/blog\/hello/,
      );
    }
    // As JavaScript, which has no types, may call it.
    for (const page of [undefined, null, 7, {}] as never[]) assert.throws(() => og.image(page), OgPlusError);
  });

  it('is said of a page to sign that is none', async () => {
    const withKey = createOgPlus({ service, apiKey });
    for (const page of ['', 'posts/7', 'file:///etc/passwd', undefined as never]) {
      await assert.rejects(withKey.signedImage(page), /is not a page/);
    }
  });

  it('is said of a query and of a network', () => {
    assert.throws(() => og.image('/', { query: 'all' as never }), /query must be "drop", "keep" or a list of names/);
    assert.throws(() => og.image('/', { consumer: 'a b' }), /consumer must be the name of a network/);
  });

  for (const [what, options, message] of [
    ['nothing', {}, /needs connectionUrl, or service with publicKey or apiKey/],
    ['an environment variable that is not set', { connectionUrl: undefined }, /Is an environment variable not set\?/],
    ['a connection with a path', { connectionUrl: 'https://x.example/card' }, /an address without a path/],
    ['a connection without a scheme', { connectionUrl: 'x.example' }, /connectionUrl must be an address/],
    [
      'an empty connection',
      { connectionUrl: '' },
      /must be an address .*, not ""\. Is an environment variable not set\?/,
    ],
    ['a service alone', { service }, /service with publicKey or apiKey/],
    ['a public key that is none', { service, publicKey: 'pk' }, /begins with ogplus_pk_/],
    ['a key without its service', { apiKey }, /apiKey needs service beside it/],
    ['half a key', { service, apiKey: apiKey.slice(0, 40) }, /must be whole/],
    ['a secret key in its place', { service, apiKey: secretKey }, /begins with ogplus_live_/],
  ] as const) {
    it(`is said of options: ${what}`, () => {
      assert.throws(() => createOgPlus(options as OgPlusOptions), message);
    });
  }

  it('never shows a secret', () => {
    const half = apiKey.slice(0, 40);
    try {
      createOgPlus({ service, apiKey: half });
    } catch (error) {
      assert.ok(!String(error).includes(half));
    }
  });

  it('is said where the key is needed', async () => {
    for (const call of [() => og.signedImage('/'), () => og.purge('all'), () => og.warm('/')]) {
      await assert.rejects(call, /needs the website's key: createOgPlus\(\{ service, apiKey \}\)/);
    }
  });
});
