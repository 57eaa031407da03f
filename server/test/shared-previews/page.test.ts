import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import sharp from 'sharp';
import type { Website } from '../../src/model/website.ts';
import { apiKeyOf, secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { callApi } from '../harness/api.ts';
import { Asking } from '../harness/asking.ts';
import { crawlers } from '../harness/crawlers.ts';
import { page } from '../harness/origin.ts';
import { first } from '../harness/people.ts';

const asking = new Asking();
const networks = crawlers;
const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36',
};
const keeps = { 'Cache-Control': 'max-age=600' };

interface Made {
  readonly id: number;
  readonly path: string;
}

async function share(target = asking.target, website: Website = asking.website): Promise<Made> {
  const { status, json } = await callApi(asking.test, website, '/shared-previews', {
    method: 'POST',
    body: { target },
  });
  assert.equal(status, 201);
  const { id, url } = json();
  return { id, path: new URL(url).pathname };
}
const open = (path: string, headers: Record<string, string> = browser) => asking.test.ask(path, headers);
const picture = (path: string, consumer: string) => open(`${path}/pictures/${consumer}`);
/** Has every network's picture drawn. */
const drawn = (path: string) => Promise.all(networks.map(({ name }) => picture(path, name)));
const words = (text: string) =>
  text
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

beforeEach(() => {
  asking.origin.answer = page({ headers: keeps, head: tags(asking.target) });
});

/** What a page says that is tagged as it should be. */
function tags(target: string): string {
  const { website } = asking;
  return `<meta property="og:title" content="By the sea &amp; back"><meta property="og:description" content="Nine days">
<meta property="og:image" content="http://${website.connection}.localhost${target}"><meta name="twitter:card" content="summary_large_image">`;
}

describe('the page of a shared preview', () => {
  it('shows the card of each network, what it weighs beside its limits, and the tags', async () => {
    const { path } = await share();
    for (const [nth, answer] of (await drawn(path)).entries()) {
      const { name, width, height, scale, formats } = networks[nth] ?? assert.fail();
      assert.ok(formats.includes(answer.headers['content-type'] ?? ''), name);
      const found = await sharp(answer.body).metadata();
      assert.deepEqual([found.width, found.height], [width * scale, height * scale], name);
    }
    const { status, headers, body } = await open(path);
    assert.deepEqual([status, headers['content-type']], [200, 'text/html; charset=utf-8']);
    for (const { name } of networks) assert.ok(body.includes(`src="${path}/pictures/${name}"`), name);
    const said = words(body.toString());
    for (const text of ['By the sea &amp; back', 'Nine days', 'og:description', 'summary_large_image']) {
      assert.ok(said.includes(text), text);
    }
    assert.match(said, /WhatsApp \d+ kB 2400 × 1260, \w+\. Up to 600 kB; aim for 280 kB/);
  });

  it('unfurls with a picture of its own for ten real crawlers, in their sizes and formats', async () => {
    const { path } = await share();
    for (const { name, example, width, height, scale, formats, max } of crawlers) {
      const agent = { 'user-agent': example };
      const { status, headers, body } = await open(path, agent);
      assert.deepEqual([status, headers['x-robots-tag']], [200, 'noindex'], name);
      const tag = (property: string) => new RegExp(`"${property}" content="([^"]+)"`).exec(body.toString())?.[1] ?? '';
      assert.equal(tag('og:title'), 'By the sea &amp; back · shared preview');
      assert.equal(new URL(tag('og:url')).pathname, path);
      const shown = await open(new URL(tag('og:image')).pathname, agent);
      assert.equal(shown.status, 200, name);
      assert.ok(formats.includes(shown.headers['content-type'] ?? ''), name);
      assert.ok(shown.body.length <= max, name);
      assert.equal(shown.headers['cross-origin-resource-policy'], 'cross-origin');
      const found = await sharp(shown.body).metadata();
      assert.deepEqual([found.width, found.height], [width * scale, height * scale], name);
    }
  });

  it('runs nothing, loads nothing from elsewhere, and is in no index', async () => {
    const { headers, body } = await open((await share()).path);
    const policy = headers['content-security-policy'] ?? '';
    assert.match(
      policy,
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    assert.deepEqual(
      [headers['x-robots-tag'], headers['cache-control'], headers['referrer-policy'], headers['set-cookie']],
      ['noindex', 'no-store', 'no-referrer', undefined],
    );
    const text = body.toString();
    assert.doesNotMatch(text, /<script|\sstyle="|\son\w+=/);
    const loaded = [...text.matchAll(/(?:src="|url\()([^")]+)/g)].map(([, address = '']) => address);
    for (const address of new Set(loaded.filter((one) => !one.includes('/pictures/')))) {
      assert.match(address, /^\//);
      assert.equal((await open(address)).status, 200, address);
    }
  });

  it('tells nothing else of the website: no key, no name, no other page', async () => {
    const { test, website, target } = asking;
    const owner = await first(test, 'Konstanze');
    const { publicKey, connection } = website;
    const secret = secretKeyOf(await masterKey({ dataDir: test.dataDir }), publicKey);
    await asking.ask({}, '/another-page');
    const signature = Buffer.from(`${publicKey}:0123456789abcdef`).toString('base64url');
    asking.origin.answer = page({
      headers: keeps,
      head: [
        `${test.service.address}/api/websites/v1/domain/${publicKey}/image${target}`,
        `http://${connection}.localhost${target}`,
        `${test.service.address}/api/websites/v1/${signature}/image?url=${encodeURIComponent(website.origin + target)}`,
      ]
        .map((content) => `<meta property="og:image" content="${content}">`)
        .join(''),
    });
    const { path } = await share();
    await drawn(path);
    const signedIn = await open(path, { ...browser, cookie: owner.cookie });
    const signedOut = await open(path);
    assert.deepEqual(signedIn.body, signedOut.body);
    const shown = JSON.stringify(signedOut.headers) + signedOut.body.toString();
    const secrets = { publicKey, connection, secret, apiKey: apiKeyOf(publicKey, secret), signature };
    for (const [name, value] of Object.entries({ ...secrets, owner: 'Konstanze', page: '/another-page' })) {
      assert.ok(!shown.includes(value), `${name} is shown`);
    }
    assert.ok(words(shown).includes(`https://…${target}`));
  });

  it('gives this page alone, whatever is asked below its address', async () => {
    const { path } = await share();
    await share('/another');
    const own = await picture(path, 'facebook');
    for (const query of ['?target=/another', '?url=https://other.example/', '?hash=0']) {
      assert.deepEqual((await open(`${path}/pictures/facebook${query}`)).body, own.body);
    }
    for (const below of [
      '/pictures/nobody',
      '/pictures/',
      '/pictures/facebook/another',
      '/another',
      '/named-picture',
    ]) {
      assert.equal((await open(path + below)).status, 404, below);
    }
    for (const method of ['POST', 'DELETE']) {
      assert.equal((await asking.test.ask(path, {}, method)).status, 405, method);
    }
  });

  it("shows somebody else's picture where the page names that, and its card as it would be with the tag", async () => {
    const photo = await sharp({ create: { width: 800, height: 420, channels: 3, background: '#0a0' } })
      .png()
      .toBuffer();
    const head = `<meta property="og:image" content="${asking.origin.url}/photo.png">`;
    const answer = page({ headers: keeps, head });
    asking.origin.answer = (req, res) => {
      if (req.url === '/photo.png') res.writeHead(200, { 'Content-Type': 'image/png' }).end(photo);
      else answer(req, res);
    };
    const { path } = await share();
    await drawn(path);
    const text = (await open(path)).body.toString();
    assert.ok(words(text).includes('The page names another picture'));
    assert.ok(text.includes('id="moment-tagged"') && text.includes(`src="${path}/pictures/slack"`));
    const named = await open(`${path}/named-picture?url=${encodeURIComponent(`${asking.origin.url}/other.png`)}`);
    const found = await sharp(named.body).metadata();
    assert.deepEqual([named.status, found.width, found.format], [200, 800, 'webp']);
  });

  it('says that a page is gone, and needs no picture for it', async () => {
    asking.origin.answer = page({ status: 410 });
    const { path } = await share();
    assert.deepEqual([...new Set((await drawn(path)).map(({ status }) => status))], [404]);
    const { status, body } = await open(path);
    assert.equal(status, 200);
    assert.ok(words(body.toString()).includes('The page is gone, so it has no card.'));
    assert.equal((await open(`${path}/og-image`)).status, 200);
  });

  it('ends when it is revoked: its page, its pictures, and those that a browser has kept', async () => {
    const { id, path } = await share();
    const { headers } = await picture(path, 'slack');
    const again = { ...browser, 'if-none-match': headers['etag'] ?? '' };
    assert.deepEqual(
      [headers['cache-control'], (await open(`${path}/pictures/slack`, again)).status],
      ['no-cache', 304],
    );
    await callApi(asking.test, asking.website, `/shared-previews/${id}`, { method: 'DELETE' });
    const { status, headers: fields, body } = await open(path);
    assert.deepEqual([status, fields['content-type']], [404, 'text/html; charset=utf-8']);
    assert.ok(words(body.toString()).includes('This preview has ended'));
    for (const below of ['/pictures/slack', '/og-image', '/named-picture']) {
      assert.equal((await open(path + below, again)).status, 404, below);
    }
    assert.deepEqual((await open(`/preview/${'x'.repeat(32)}`)).body, body);
  });

  it('ends when its time is over', async () => {
    const { path } = await share();
    await drawn(path);
    asking.test.clock.move(7 * 86_400 - 1);
    assert.equal((await open(path)).status, 200);
    asking.test.clock.move(1);
    assert.equal((await open(path)).status, 404);
    assert.equal((await picture(path, 'slack')).status, 404);
  });
});
