import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { callApi } from '../harness/api.ts';
import { Asking } from '../harness/asking.ts';
import { longestTurn } from '../harness/longest-turn.ts';
import { page } from '../harness/origin.ts';
import { until } from '../harness/until.ts';

interface Progress {
  readonly id: number;
  readonly state: string;
  readonly pages: { readonly total: number; readonly done: number; readonly skipped: number; readonly failed: number };
  readonly note: string | null;
  readonly secondsLeft: number | null;
  readonly remarks: ReadonlyArray<{ readonly target: string; readonly outcome: string; readonly why: string }>;
}

const asking = new Asking({ OGPLUS_FAILURE_MEMORY_MS: '0' });
const fresh = page({ headers: { 'Cache-Control': 'max-age=600' } });

/** Answers files by their path, and everything else with a page. */
function withFiles(files: Readonly<Record<string, string | Buffer>>, otherwise = fresh) {
  return (req: IncomingMessage, res: ServerResponse) => {
    const file = files[req.url ?? ''];
    if (file !== undefined) res.end(file);
    else if (/robots|sitemap/.test(req.url ?? '')) res.writeHead(404).end();
    else otherwise(req, res);
  };
}

const urlset = (...targets: string[]) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${targets
    .map((target) => `<url><loc>\n ${target.startsWith('/') ? asking.origin.url : ''}${target} </loc></url>`)
    .join('')}</urlset>`;
const index = (...targets: string[]) =>
  `<sitemapindex>${targets.map((target) => `<sitemap><loc>${asking.origin.url}${target}</loc></sitemap>`).join('')}</sitemapindex>`;

const call = (path: string, method = 'GET', body?: unknown) =>
  callApi(asking.test, asking.website, `/warmups${path}`, { method, ...(body === undefined ? {} : { body }) });
const progress = async (id: number): Promise<Progress> => (await call(`/${id}`)).json();

async function start(body: object): Promise<number> {
  const { status, json } = await call('', 'POST', body);
  assert.equal(status, 201, JSON.stringify(json()));
  return json().id;
}

async function ended(id: number): Promise<Progress> {
  await until('it has ended', async () => ['done', 'failed', 'stopped'].includes((await progress(id)).state));
  return progress(id);
}

const warm = async (body: object) => ended(await start(body));
const heard = (path: string) => asking.origin.heard.filter(({ target }) => target === path).length;

describe('a warm-up', () => {
  it('draws the pages that robots.txt leads to, through an index and gzip, each fetched once', async () => {
    asking.origin.answer = withFiles({
      '/robots.txt': `User-agent: *\nSitemap: ${asking.origin.url}/sitemap-index.xml\n`,
      '/sitemap-index.xml': index('/sitemap-a.xml', '/sitemap-b.xml.gz', '/sitemap-a.xml'),
      '/sitemap-a.xml': urlset('/first/a', '/first/b?x=1&amp;y=2', '/first/a#part'),
      '/sitemap-b.xml.gz': gzipSync(urlset('/first/c?utm_source=mail')),
    });
    const { state, pages, note } = await warm({ consumers: ['generic', 'slack', 'line'] });
    assert.deepEqual(
      { state, pages, note },
      { state: 'done', pages: { total: 3, done: 3, skipped: 0, failed: 0 }, note: null },
    );
    for (const target of ['/first/a', '/first/b?x=1&y=2', '/first/c']) {
      assert.equal(heard(target), 1, target);
      const { requests, renders, headers } = await asking.ask({ 'user-agent': 'Slackbot 1.0' }, target);
      assert.deepEqual({ requests, renders }, { requests: 0, renders: 0 }, headers['cache-status']);
    }
  });

  it('reads a robots.txt of a half million empty lines as fast as any other', async () => {
    asking.origin.answer = withFiles({
      '/robots.txt': `${'\n'.repeat(400_000)} Sitemap: ${asking.origin.url}/late.xml\n${' '.repeat(90_000)}`,
      '/late.xml': urlset('/late/a'),
    });
    const warming = warm({ consumers: ['generic'] });
    const longest = await longestTurn(warming);
    const { state, pages } = await warming;
    assert.deepEqual({ state, total: pages.total }, { state: 'done', total: 1 });
    assert.ok(longest < 10_000, `${longest} ms of work: some ten, or minutes`);
  });

  it('skips what is fresh, and counts no requests', async () => {
    asking.origin.answer = withFiles({ '/sitemap.xml': urlset('/again/a', '/again/b') });
    await asking.ask({}, '/again/a');
    const { pages } = await warm({ sitemap: '/sitemap.xml', consumers: ['generic'] });
    assert.deepEqual(pages, { total: 2, done: 1, skipped: 1, failed: 0 });
    const listed = await callApi(asking.test, asking.website, '/pages?search=again&sort=target');
    assert.deepEqual(
      listed.json().pages.map(({ requests }: { requests: number }) => requests),
      [1, 0],
    );
  });

  it('says what failed, and what may not be kept', async () => {
    asking.origin.answer = withFiles({}, (req, res) => {
      if (req.url === '/some/gone') page({ status: 404 })(req, res);
      else if (req.url === '/some/broken') page({ status: 500 })(req, res);
      else if (req.url === '/some/private') page({ headers: { 'Cache-Control': 'no-store' } })(req, res);
      else fresh(req, res);
    });
    const targets = ['/some/gone', '/some/broken', '/some/private', '/some/good'];
    const { state, pages, remarks } = await warm({ targets, consumers: ['generic', 'slack'] });
    assert.deepEqual({ state, pages }, { state: 'done', pages: { total: 4, done: 1, skipped: 1, failed: 2 } });
    assert.deepEqual(remarks, [
      { target: '/some/gone', outcome: 'failed', why: 'The page answers 404.' },
      { target: '/some/broken', outcome: 'failed', why: 'The page answers 500.' },
      {
        target: '/some/private',
        outcome: 'skipped',
        why: 'Its card may not be kept: the page says Cache-Control: no-store.',
      },
    ]);
    assert.equal(heard('/some/private'), 1);
  });

  it('reads and draws only the website itself', async () => {
    asking.origin.answer = withFiles({ '/sitemap.xml': urlset('/own', 'https://other.example/x') });
    const { pages, note } = await warm({});
    assert.equal(pages.total, 1);
    assert.equal(note, '1 address of another website was left out.');
    const { status, json } = await call('', 'POST', { sitemap: 'https://other.example/sitemap.xml' });
    assert.equal(status, 400);
    assert.match(json().detail, /must be an address of/);
  });

  for (const [what, files, why] of [
    ['is not there', {}, /sitemap\.xml cannot be read\. It answers 404/],
    ['is a page', { '/sitemap.xml': '<!doctype html><p>Hello' }, /It is not a sitemap/],
    ['is cut off', { '/sitemap.xml': gzipSync(urlsetOfNobody()).subarray(0, 60) }, /cannot be read/],
    ['names other websites only', { '/sitemap.xml': urlsetOfNobody() }, /lists only pages of https:\/\/other\.example/],
    [
      'names a sitemap elsewhere',
      { '/sitemap.xml': '<sitemapindex><sitemap><loc>http://169.254.169.254/</loc></sitemap></sitemapindex>' },
      /lists only pages of http:\/\/169/,
    ],
    ['is very deep', { '/sitemap.xml': '<a>'.repeat(5000) }, /It is not a sitemap/],
  ] as const) {
    it(`fails with a reason if the sitemap ${what}`, async () => {
      asking.origin.answer = withFiles(files);
      const { state, note } = await warm({});
      assert.equal(state, 'failed');
      assert.match(note ?? '', why);
    });
  }

  it('is given up when the website is down, and goes on when it answers', async () => {
    const targets = Array.from({ length: 14 }, (_, n) => `/down/${n}`);
    asking.origin.answer = withFiles({}, page({ status: 503 }));
    const id = await start({ targets, consumers: ['generic'] });
    const { state, pages, note } = await ended(id);
    assert.deepEqual({ state, pages }, { state: 'failed', pages: { total: 14, done: 0, skipped: 0, failed: 10 } });
    assert.match(note ?? '', /ended because 10 pages/);
    asking.origin.answer = fresh;
    assert.equal((await call(`/${id}/resume`, 'POST')).status, 200);
    assert.deepEqual((await ended(id)).pages, { total: 14, done: 14, skipped: 0, failed: 0 });
  });

  it('is stopped, goes on where it was, and there is one at a time', async () => {
    const held: Array<() => void> = [];
    let hold = true;
    asking.origin.answer = withFiles({}, (req, res) => {
      if (hold && req.url === '/stop/1') held.push(() => fresh(req, res));
      else fresh(req, res);
    });
    const targets = ['/stop/0', '/stop/1', '/stop/2'];
    const id = await start({ targets, consumers: ['generic'] });
    await until('its second page is fetched', () => held.length > 0);
    const { status, json } = await call('', 'POST', { targets, consumers: ['generic'] });
    assert.equal(status, 409, json().detail);
    assert.equal((await call(`/${id}`, 'DELETE')).status, 204);
    assert.deepEqual((await progress(id)).state, 'stopped');
    await call(`/${id}/resume`, 'POST');
    hold = false;
    for (const letGo of held) letGo();
    assert.deepEqual((await ended(id)).pages, { total: 3, done: 3, skipped: 0, failed: 0 });
    assert.equal((await call(`/${id}/resume`, 'POST')).status, 409);
    for (const target of targets) assert.equal(heard(target), 1, target);
  });

  it('is for those who asked, unless consumers are named', async () => {
    asking.origin.answer = withFiles({});
    const { status, json } = await call('', 'POST', { targets: ['/named'], consumers: ['nobody'] });
    assert.equal(status, 400, json().detail);
    const made = await call('', 'POST', { targets: ['/named'] });
    assert.deepEqual(made.json().consumers.toSorted(), ['generic', 'slack']);
    await ended(made.json().id);
  });
});

function urlsetOfNobody(): string {
  return '<urlset><url><loc>https://other.example/a</loc></url></urlset>';
}
