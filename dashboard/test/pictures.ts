// `npm run screens`: the pictures of docs/guides/dashboard.md, taken of the gallery. Look at each before it is committed.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { pages, startSite } from '../../examples/gallery/site.ts';
import { connectionUrl, readConfig } from '../../server/src/config.ts';
import { networkFrames } from '../../server/src/model/networks/network-frames.ts';
import { callApi } from '../../server/test/harness/api.ts';
import { password } from '../../server/test/harness/people.ts';
import { openDashboard } from './harness/dashboard.ts';

const folder = fileURLToPath(new URL('../../docs/dashboard/', import.meta.url));
const { values } = parseArgs({ options: { to: { type: 'string', default: folder } } });

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
await mkdir(values.to, { recursive: true });
await take('websites', '/', 'light');
await take('overview', base, 'light');
await take('pages', `${base}/pages`, 'light');
await take('page', `${base}/page?target=${encodeURIComponent('/template.html')}`, 'dark');
await take('install', `${base}/install?for=django`, 'light');
await take('shared-preview', await sharedPreview('/template.html'), 'light');
// It has run for some days by then.
test.clock.move(3.2 * 86_400);
await take('service', '/service?days=30', 'light');

/** A link whose pictures are all drawn. */
async function sharedPreview(target: string): Promise<string> {
  const { json } = await callApi(test, website, '/shared-previews', { method: 'POST', body: { target } });
  const { pathname } = new URL(json().url);
  const consumers = new Set(networkFrames.map(({ consumer }) => consumer));
  await Promise.all([...consumers].map((one) => test.ask(`${pathname}/pictures/${one}`)));
  return pathname;
}

async function take(name: string, path: string, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  for (const [width, height] of Object.entries(heights)) {
    await page.setViewportSize({ width: Number(width), height });
    // A page's screen is never idle: it is told what happens.
    await page.goto(path, { waitUntil: 'load' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settle();
    const shot = await page.screenshot({ animations: 'disabled' });
    const { size } = await sharp(shot)
      .webp({ quality: 82, effort: 6 })
      .toFile(join(values.to, `${name}-${width}.webp`));
    console.log(`${name}-${width}.webp: ${Math.ceil(size / 1000)} kB`);
  }
}

/** Waits for what is still drawn in the page: skeletons, and pictures that are seen. */
async function settle(): Promise<void> {
  await page.waitForFunction(() => {
    const isSeen = (one: Element) => one.checkVisibility() && one.getBoundingClientRect().top < innerHeight;
    const isWaiting = document.querySelector('[data-visible].mantine-Skeleton-root, .mantine-Loader-root') !== null;
    // One that is loaded late is complete before it has begun.
    const isThere = (image: HTMLImageElement) => image.complete && image.naturalWidth > 0;
    return !isWaiting && [...document.images].every((image) => isThere(image) || !isSeen(image));
  });
}
