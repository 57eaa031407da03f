// `npm run screens`: the pictures of docs/guides/dashboard.md, taken of the gallery. Look at each before it is committed, and
// at all of them in the other scheme: `npm run screens -- --to /tmp/dark --scheme dark`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { pages, startSite } from '../../examples/gallery/site.ts';
import { connectionUrl, readConfig } from '../../server/src/config.ts';
import { networkFrames } from '../../server/src/model/networks/network-frames.ts';
import { callApi } from '../../server/test/harness/api.ts';
import { page as htmlPage, startOrigin } from '../../server/test/harness/origin.ts';
import { cells } from '../../server/test/harness/page-states.ts';
import { Client, password } from '../../server/test/harness/people.ts';
import { openDashboard } from './harness/dashboard.ts';

type ColorScheme = 'light' | 'dark';

const folder = fileURLToPath(new URL('../../docs/dashboard/', import.meta.url));
const { values } = parseArgs({ options: { to: { type: 'string', default: folder }, scheme: { type: 'string' } } });

// As in the example of the README: addresses that a reader has seen before.
const port = '3000';
const heights: Readonly<Record<number, number>> = { 390: 780, 820: 900, 1440: 900 };
const agents = [
  'facebookexternalhit/1.1',
  'Twitterbot/1.0',
  'LinkedInBot/1.0',
  'Slackbot-LinkExpanding 1.0',
  'Discordbot/2.0',
];

await using site = await startSite(4000);
await using dashboard = await openDashboard({ OGPLUS_PORT: port });
const { test } = dashboard;
// Three weeks go by, and each page is asked for by more networks and more often than others, as pages are.
const days = 21;
test.clock.move(-days * 86_400);
await test.website('https://shop.example.com');
const website = await test.website(site.url);
site.cards = connectionUrl(readConfig({ OGPLUS_PORT: port }), website.connection);
for (let day = 0; day <= days; day++) {
  const asked = pages.flatMap((name, nth) =>
    agents.filter((_, mth) => (nth * 7 + mth * 5 + day * 3) % 11 < 4).map((agent) => [name, agent] as const),
  );
  for (const [name, agent] of asked) await test.card(website, `/${name}.html`, { 'user-agent': agent });
  // A page that is shared widely.
  const readers = day % 7 < 2 ? 4 : 14 + day;
  for (let one = 0; one < readers; one++)
    await test.card(website, '/template.html', { 'user-agent': 'Twitterbot/1.0' });
  if (day < days) test.clock.move(86_400);
}

const { page } = await dashboard.newWindow();
await page.goto(await dashboard.firstAccountLink());
await page.getByLabel('Name').fill('Ada');
await page.getByLabel('E-mail').fill('ada@example.com');
await page.locator('input[type=password]').fill(password);
await page.getByRole('button', { name: 'Create the account' }).click();
await page.getByText('since').first().waitFor();

const base = `/websites/${website.id}`;
const template = encodeURIComponent('/template.html');
const ada = new Client(test);
await ada.signIn('ada@example.com');
await mkdir(values.to, { recursive: true });
await take('websites', '/', 'light');
await take('overview', base, 'light');
await take('pages', `${base}/pages`, 'light');
await take('page', `${base}/page?target=${template}`, 'dark');
await take('builder', `${base}/builder?target=${template}`, 'light');
await take('install', `${base}/install?for=django`, 'light');
await take('shared-preview', await sharedPreview('/template.html'), 'light');
await probe();
await take('probe', `${base}/probe`, 'light');
await changes();
await take('audit-log', `${base}/audit-log`, 'light');
// It has run for some days by then.
test.clock.move(3.2 * 86_400);
await take('service', '/service?days=30', 'light');
await takeStates('light');

/** A link whose pictures are all drawn. */
async function sharedPreview(target: string): Promise<string> {
  const { json } = await callApi(test, website, '/shared-previews', { method: 'POST', body: { target } });
  const { pathname } = new URL(json().url);
  const consumers = new Set(networkFrames.map(({ consumer }) => consumer));
  await Promise.all([...consumers].map((one) => test.ask(`${pathname}/pictures/${one}`)));
  return pathname;
}

/** A probe that some networks came to. */
async function probe(): Promise<void> {
  const { json } = await ada.ask('POST', `/api/v1${base}/probes`);
  const { pathname } = new URL(json['url'] ?? '');
  for (const agent of agents.slice(2)) {
    await test.ask(pathname, { 'user-agent': agent });
    await test.ask(`${pathname}/picture`, { 'user-agent': agent });
  }
}

/** What a team does to a website. */
async function changes(): Promise<void> {
  const ask = (method: string, path: string, body: unknown) => ada.ask(method, `/api/v1${base}${path}`, body);
  await ask('PATCH', '/settings', { defaultMaxAge: 3600 });
  await ask('POST', '/invitations', { role: 'editor' });
  await ask('POST', '/deploy-hooks', { name: 'Production deploy' });
  await ask('PATCH', '/settings', { viewportWidth: 1200, patience: 1500, redirectHosts: ['www.example.com'] });
  await ask('POST', '/purges', { kind: 'page', target: '/template.html' });
  await callApi(test, website, '/purges', { method: 'POST', body: { kind: 'prefix', prefix: '/blog/' } });
}

/** One page in each state, below each other: what the top of its screen says then. */
async function takeStates(colorScheme: ColorScheme): Promise<void> {
  await using origin = await startOrigin(htmlPage());
  const other = await test.website(origin.url);
  const shots = new Map<string, Buffer[]>();
  const kinds = new Set<string>();
  for (const { kind, reach } of cells) {
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    await reach({ test, website: other, origin }, `/${kind}`);
    await each(colorScheme, `/websites/${other.id}/page?target=/${kind}`, async (width) => {
      const state = page.locator('.mantine-Card-root').filter({ has: page.locator('[data-page-state]') });
      shots.set(width, [...(shots.get(width) ?? []), await state.screenshot({ animations: 'disabled' })]);
    });
  }
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  for (const [width, inputs] of shots) await write(`states-${width}`, await stacked(inputs, background));
}

/** Pictures below each other, with some room between and around them. */
async function stacked(inputs: readonly Buffer[], background: string): Promise<Buffer> {
  const gap = 16;
  let height = gap;
  let widest = 0;
  const layers = [];
  for (const input of inputs) {
    layers.push({ input, left: gap, top: height });
    const size = await sharp(input).metadata();
    height += size.height + gap;
    widest = Math.max(widest, size.width);
  }
  return sharp({ create: { width: widest + 2 * gap, height, channels: 3, background } })
    .composite(layers)
    .png()
    .toBuffer();
}

async function take(name: string, path: string, colorScheme: ColorScheme): Promise<void> {
  await each(colorScheme, path, async (width) => {
    await write(`${name}-${width}`, await page.screenshot({ animations: 'disabled' }));
  });
}

/** Opens a screen in each width, and waits until all of it is there. */
async function each(scheme: ColorScheme, path: string, shoot: (width: string) => Promise<void>): Promise<void> {
  await page.emulateMedia({
    colorScheme: values.scheme === 'light' || values.scheme === 'dark' ? values.scheme : scheme,
  });
  await page.clock.setFixedTime(test.clock.now());
  for (const [width, height] of Object.entries(heights)) {
    await page.setViewportSize({ width: Number(width), height });
    // A page's screen is never idle: it is told what happens.
    await page.goto(path, { waitUntil: 'load' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settle();
    await shoot(width);
  }
}

async function write(name: string, shot: Buffer): Promise<void> {
  const { size } = await sharp(shot)
    .webp({ quality: 75, effort: 6 })
    .toFile(join(values.to, `${name}.webp`));
  console.log(`${name}.webp: ${Math.ceil(size / 1000)} kB`);
}

/** Waits for what is still drawn in the page: skeletons, cards, and pictures that are seen. */
async function settle(): Promise<void> {
  await page.waitForFunction(() => {
    const isSeen = (one: Element) => {
      const { top, left } = one.getBoundingClientRect();
      return one.checkVisibility() && top < innerHeight && left < innerWidth;
    };
    const isWaiting =
      document.querySelector('[data-visible].mantine-Skeleton-root, .mantine-Loader-root') !== null ||
      document.body.innerText.includes('Drawing…');
    // One that is loaded late is complete before it has begun.
    const isThere = (image: HTMLImageElement) => image.complete && image.naturalWidth > 0;
    return !isWaiting && [...document.images].every((image) => isThere(image) || !isSeen(image));
  });
}
