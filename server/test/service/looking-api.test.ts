import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import sharp from 'sharp';
import { seconds } from '../../src/model/units.ts';
import { defaultSettings, type HostName, type WebsiteSettings } from '../../src/model/website.ts';
import { secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { parseRedirectHost } from '../../src/websites/parse.ts';
import { sign } from '../../src/websites/signature.ts';
import { type ApiRequest, callApi } from '../harness/api.ts';
import { Asking } from '../harness/asking.ts';
import { page, startOrigin } from '../harness/origin.ts';
import { type Colour, isClose, pixel } from '../harness/pixels.ts';

const serviceUrl = 'http://service.example';
const asking = new Asking({ OGPLUS_URL: serviceUrl });
const headers = { 'Cache-Control': 'max-age=600' };

const call = (path: string, request?: ApiRequest) => callApi(asking.test, asking.website, path, request);
const settings = (changed: Partial<WebsiteSettings>) =>
  asking.test.service.store.websites.changeSettings(asking.website.id, changed);
const check = async () => {
  const { status, json } = await call(`/check?${new URLSearchParams({ target: asking.target })}`);
  return { status, answer: json() };
};
const previewed = (what: string, url: string) => call(`/api/v1/preview${what}${new URLSearchParams({ url })}`);

afterEach(async () => {
  await settings(defaultSettings);
  asking.test.clock.move(60);
});

describe('a check of a page', () => {
  it('judges it with the settings of its website', async () => {
    asking.origin.answer = page();
    assert.doesNotMatch((await check()).answer.explanation.verdict, /pictures are sent for 2 hours/);
    await settings({ defaultMaxAge: seconds(7200) });
    assert.match((await check()).answer.explanation.verdict, /pictures are sent for 2 hours/);
  });

  it('goes where its cards would go, with the token that they are fetched with', async () => {
    await using other = await startOrigin(page());
    asking.origin.answer = (_, res) => void res.writeHead(302, { Location: `${other.url}/there` }).end();
    assert.equal((await check()).status, 403);
    await settings({ redirectHosts: [parseRedirectHost(new URL(other.url).host)], fetchToken: true });
    assert.equal((await check()).answer.url, `${other.url}/there`);
    assert.match(String(asking.origin.heard.at(-1)?.headers['ogplus-token']), /./);
    assert.equal(other.heard.at(-1)?.headers['ogplus-token'], undefined);
  });

  it('shows what the page answered, as far as it is judged', async () => {
    asking.origin.answer = page({ headers: { ...headers, 'Set-Cookie': 'session=secret' } });
    const { response } = (await check()).answer;
    assert.deepEqual([response.status, response.url], [200, asking.origin.url + asking.target]);
    assert.deepEqual(
      response.headers.map(({ name }: { name: string }) => name),
      ['content-type', 'cache-control'],
    );
  });
});

describe('the image of a page that is checked', () => {
  const imageFinding = async () =>
    (await check()).answer.findings.find(({ tag }: { tag: string }) => tag === 'og:image') as {
      readonly level: string;
      readonly says: string;
    };
  const image = (address: string) => `<meta property="og:image" content="${address}">`;
  const connection = (target: string, name: string = asking.website.connection) =>
    `http://${name}.localhost:1${target}`;

  it('is good where it is the card of this page, in each of the forms', async () => {
    const { publicKey } = asking.website;
    const key = secretKeyOf(await masterKey({ dataDir: asking.test.dataDir }), publicKey);
    const signed = (url: string) => {
      const query = new URLSearchParams({ url }).toString();
      return `${asking.test.service.address}/api/websites/v1/${sign(publicKey, key, query)}/image?${query}`;
    };
    const host = { name: 'cards.example.com' as HostName, by: 'dns' } as const;
    await settings({ ownHost: host.name });
    await asking.test.service.store.websites.proveOwnHost(asking.website.id, host);
    for (const address of [
      connection(asking.target),
      connection(`${asking.target}?ogplus_v=2`),
      `${asking.test.service.address}/api/websites/v1/domain/${publicKey}/image${asking.target}`,
      `https://another-service.example/api/websites/v1/domain/ogplus_pk_theirs/image${asking.target}`,
      signed(asking.origin.url + asking.target),
      signed(asking.target),
      `https://cards.example.com${asking.target}`,
    ]) {
      asking.origin.answer = page({ head: image(address) });
      assert.deepEqual(await imageFinding(), { tag: 'og:image', level: 'good', says: address, fault: null });
      asking.test.clock.move(10);
    }
  });

  it('is bad where no website has its name', async () => {
    for (const [address, why] of [
      [connection(asking.target, 'nobodyhas'), /No website has the connection "nobodyhas"/],
      [
        `${serviceUrl}/api/websites/v1/domain/ogplus_pk_nobody/image${asking.target}`,
        /Its key is unknown or was revoked/,
      ],
      [`https://cards.example.com${asking.target}`, /not an OpenGraph\+ image address/],
    ] as const) {
      asking.origin.answer = page({ head: image(address) });
      const { level, says } = await imageFinding();
      assert.equal(level, 'bad', address);
      assert.match(says, why);
    }
  });

  it('is bad where it is of another website', async () => {
    const other = await asking.test.website('https://other.example');
    asking.origin.answer = page({ head: image(connection(asking.target, other.connection)) });
    const { level, says } = await imageFinding();
    assert.equal(level, 'bad');
    assert.match(says, /the card of another website: https:\/\/other\.example instead of/);
  });

  it('is good by the address that was asked for and by the one that answered', async () => {
    for (const [named, level] of [
      [asking.target, 'good'],
      ['/in-the-end?a=b', 'good'],
      ['/elsewhere', 'bad'],
    ] as const) {
      const answers = page({ head: image(connection(named)) });
      asking.origin.answer = (req, res) => {
        if (req.url === asking.target) res.writeHead(302, { Location: '/in-the-end?a=b' }).end();
        else answers(req, res);
      };
      assert.equal((await imageFinding()).level, level, named);
    }
  });
});

describe('a preview', () => {
  const red: Colour = [255, 0, 0];
  const blue: Colour = [0, 0, 255];
  const head = '<style>body{background:rgb(0,0,255)} @media(max-width:900px){body{background:rgb(255,0,0)}}</style>';

  it('draws what was looked at for every network, and asks the page anew after a minute', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'no-store' }, head });
    const url = asking.origin.url + asking.target;
    const { response } = (await previewed('?', url)).json();
    assert.equal(response.headers[1].value, 'no-store');
    for (const consumer of ['generic', 'pinterest']) {
      const { status, bytes } = await previewed(`/picture?consumer=${consumer}&`, url);
      assert.equal(status, 200);
      assert.ok(isClose(await pixel(bytes, 500, 500), blue));
    }
    assert.equal(asking.origin.heard.length, 1);
    asking.test.clock.move(60);
    await previewed('/picture?', url);
    assert.equal(asking.origin.heard.length, 2);
    await previewed('?', url);
    assert.equal(asking.origin.heard.length, 3);
  });

  it('of a page of the own website has its settings, and of no other', async () => {
    await using other = await startOrigin(page({ head }));
    asking.origin.answer = page({ head });
    await settings({ viewportWidth: 800 });
    for (const [origin, colour] of [
      [asking.origin, red],
      [other, blue],
    ] as const) {
      const { bytes } = await previewed('/picture?', origin.url + asking.target);
      assert.ok(isClose(await pixel(bytes, 500, 500), colour), origin.url);
    }
  });
});

describe('a page of another website, of which a signature had a card drawn', () => {
  it('is found, shown and purged by its whole address', async () => {
    await using other = await startOrigin(page({ headers }));
    const url = `${other.url}/there?a=b`;
    const { publicKey } = asking.website;
    const query = new URLSearchParams({ url }).toString();
    const signature = sign(publicKey, secretKeyOf(await masterKey({ dataDir: asking.test.dataDir }), publicKey), query);
    const card = `/api/websites/v1/${signature}/image?${query}`;
    assert.equal((await asking.test.ask(card)).status, 200);

    const [row] = (await call(`/pages?${new URLSearchParams({ search: url })}`)).json().pages;
    assert.deepEqual([row.target, row.url], [url, url]);
    assert.equal((await call(row.picture.thumbnail)).status, 200);
    const detail = (await call(`/page?${new URLSearchParams({ target: url })}`)).json();
    assert.deepEqual([detail.url, detail.cardUrl, detail.cards.length], [url, null, 1]);

    assert.match((await asking.test.ask(card)).headers['cache-status'] ?? '', /^ogplus; hit/);
    const purged = await call('/purges', { method: 'POST', body: { kind: 'page', target: url } });
    assert.equal(purged.status, 204);
    assert.match((await asking.test.ask(card)).headers['cache-status'] ?? '', /fwd=miss/);
    assert.equal(other.heard.length, 2);
  });

  it('is no page to draw without a signature', async () => {
    const body = { target: 'https://example.com/' };
    assert.equal((await call('/drawings', { method: 'POST', body })).status, 400);
  });
});

describe('the picture that a page names', () => {
  const looked = (url: string) =>
    callApi(asking.test, asking.website, `/api/v1/named-picture?url=${encodeURIComponent(url)}`);

  it('is fetched, made small and sent as WebP', async () => {
    const photo = sharp({ create: { width: 2000, height: 1000, channels: 3, background: '#00f' } });
    const bytes = await photo.png().toBuffer();
    asking.origin.answer = (_, res) => void res.writeHead(200, { 'Content-Type': 'image/png' }).end(bytes);
    const { status, headers, bytes: sent } = await looked(`${asking.origin.url}/photo.png`);
    assert.deepEqual([status, headers.get('content-type')], [200, 'image/webp']);
    const { width, height } = await sharp(sent).metadata();
    assert.deepEqual([width, height], [1200, 600]);
  });

  it('is refused where it lies in a private network, is no picture, or is not there', async () => {
    assert.equal((await looked('http://10.0.0.1/photo.png')).status, 403);
    assert.equal((await looked(`${asking.test.service.address}/healthz`)).status, 403);
    asking.origin.answer = page();
    assert.equal((await looked(`${asking.origin.url}/page`)).status, 422);
    asking.origin.answer = page({ status: 404 });
    assert.equal((await looked(`${asking.origin.url}/gone.png`)).status, 422);
  });

  it('is refused where it is a vector graphic, whose filters take a core for minutes', async () => {
    const filters = '<feTurbulence baseFrequency="0.9" numOctaves="50"/><feGaussianBlur stdDeviation="300"/>'.repeat(
      20,
    );
    const body = `<filter id="f" x="0" y="0" width="1" height="1">${filters}</filter><rect width="7000" height="7000" filter="url(#f)"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="7000" height="7000">${body}</svg>`;
    asking.origin.answer = (_, res) => void res.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(svg);
    assert.equal((await looked(`${asking.origin.url}/photo.svg`)).status, 422);
  });
});

describe("the website's own icon", () => {
  const icon = () => call('/icon');
  const square = (colour: string, size = 96) =>
    sharp({ create: { width: size, height: size, channels: 3, background: colour } });
  /** Answers `/` with this head, and other paths with what is given for them. */
  const site = (head: string, files: Readonly<Record<string, { type: string; bytes: Buffer | string }>>) =>
    (asking.origin.answer = (req, res) => {
      const file = files[req.url ?? ''];
      if (req.url === '/')
        res.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><head>${head}</head>`);
      else if (file === undefined) res.writeHead(404).end();
      else if (req.headers['if-none-match'] === '"one"') res.writeHead(304).end();
      else
        res
          .writeHead(200, { 'Content-Type': file.type, 'Cache-Control': 'max-age=3600', ETag: '"one"' })
          .end(file.bytes);
    });
  const asked = () => asking.origin.heard.map(({ target }) => target);
  const forgotten = () => asking.test.clock.move(2 * 86_400);
  const shows = async (colour: Colour) => {
    const { status, headers, bytes } = await icon();
    assert.deepEqual([status, headers.get('content-type')], [200, 'image/png']);
    const { width, height, format } = await sharp(bytes).metadata();
    assert.deepEqual([width, height, format], [64, 64, 'png']);
    const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const at = (32 * info.width + 32) * info.channels;
    assert.ok(isClose([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0], colour));
  };

  it('is the one that its page names, sent as a small PNG, and asked for again when it is stale', async () => {
    const blue = { type: 'image/png', bytes: await square('#0000ff').png().toBuffer() };
    site('<link rel="shortcut icon" href="/small.png" sizes="16x16"><link rel=icon sizes=96x96 href="/blue.png">', {
      '/blue.png': blue,
    });
    forgotten();
    await shows([0, 0, 255]);
    assert.deepEqual(asked(), ['/', '/blue.png']);
    await shows([0, 0, 255]);
    assert.equal((await icon()).headers.get('cache-control'), 'private, max-age=3600');
    assert.equal(asked().length, 2);
    asking.test.clock.move(3601);
    await shows([0, 0, 255]);
    assert.deepEqual(asked().slice(2), ['/blue.png']);
    assert.equal(asking.origin.heard.at(-1)?.headers['if-none-match'], '"one"');
  });

  it('is not drawn from vector graphics, and is read from the document and from .ico files', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#f00"/></svg>';
    const green = await square('#00ff00').png().toBuffer();
    const vector = { '/mark.svg': { type: 'image/svg+xml', bytes: svg } };
    const link = '<link rel="icon" type="image/svg+xml" sizes="any" href="/mark.svg">';
    site(`${link}<link rel="icon" href="data:image/png;base64,${green.toString('base64')}">`, vector);
    forgotten();
    await shows([0, 255, 0]);
    site(link, vector);
    forgotten();
    assert.equal((await icon()).status, 204);
    for (const [name, bytes] of [
      ['PNG', await square('#0000ff', 32).png().toBuffer()],
      ['a bitmap', bitmapOf(32, [0, 0, 255])],
    ] as const) {
      site('', { '/favicon.ico': { type: 'image/x-icon', bytes: icoOf(bytes, 32) } });
      forgotten();
      await shows([0, 0, 255]).catch((error) => assert.fail(`${name}: ${error}`));
      assert.deepEqual(asked().slice(-2), ['/', '/favicon.ico']);
    }
  });

  it('is none where there is none that can be read, and stays while the website is down', async () => {
    site('<link rel="icon" href="/broken.png"><link rel="icon" href="http://10.0.0.1/private.png">', {
      '/broken.png': { type: 'image/png', bytes: 'no picture' },
      '/favicon.ico': { type: 'image/x-icon', bytes: icoOf(Buffer.from('cut off'), 32) },
    });
    forgotten();
    const none = await icon();
    assert.deepEqual([none.status, none.bytes.length], [204, 0]);
    site('', { '/favicon.ico': { type: 'image/png', bytes: await square('#ff0000').png().toBuffer() } });
    forgotten();
    await shows([255, 0, 0]);
    asking.origin.answer = page({ status: 503 });
    forgotten();
    await shows([255, 0, 0]);
  });

  it('is never asked for with a card', async () => {
    asking.origin.answer = page({ headers });
    await asking.ask();
    assert.deepEqual(asked(), [asking.target]);
  });
});

/** A file of one Windows icon. */
function icoOf(picture: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.set([size, size], 6);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(picture.length, 14);
  head.writeUInt32LE(22, 18);
  return Buffer.concat([head, picture]);
}

/** A bitmap of one colour, 24 bits for each pixel, with an empty mask. */
function bitmapOf(size: number, [r, g, b]: readonly [number, number, number]): Buffer {
  const head = Buffer.alloc(40);
  head.writeUInt32LE(40, 0);
  head.writeInt32LE(size, 4);
  head.writeInt32LE(size * 2, 8);
  head.writeUInt16LE(1, 12);
  head.writeUInt16LE(24, 14);
  const pixels = Buffer.alloc(size * size * 3);
  for (let at = 0; at < pixels.length; at += 3) pixels.set([b, g, r], at);
  return Buffer.concat([head, pixels, Buffer.alloc(size * 4)]);
}
