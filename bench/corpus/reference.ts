/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { viewport } from '../floor.ts';

export interface Reference {
  readonly picture: Buffer;
  /** False where it still changed when the patience ended. */
  readonly rested: boolean;
}

// A page that asks for more after its load event, or starts to move then, does so within this time.
const leastMs = 3000;
const loadPatienceMs = 8000;
const mostMs = 10_000;
const betweenMs = 500;
/** A request without an answer by then counts as hanging. */
const requestPatienceMs = 5000;

/**
 * What a visitor sees once the page has come to rest, in real time: three seconds after its load event at the least,
 * when no young request is open and two captures in a row are the same file; ten seconds later at the most.
 * What moves without an end is taken off, and what would take longer than five more seconds is brought to its end,
 * because cards are drawn so too; what moves otherwise does so by itself.
 * @param language of dates and numbers in scripts.
 */
export async function drawAtRest(browser: Browser, url: string, language: string): Promise<Reference> {
  const { width, height, deviceScaleFactor } = viewport;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor,
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
  });
  try {
    const page = await context.newPage();
    page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {})); // gone with its page
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setLocaleOverride', { locale: language });
    await page.addInitScript(markAsCard);
    const open = openRequests(page);
    await page.goto(url, { waitUntil: 'load', timeout: loadPatienceMs }).catch(() => {}); // it shows what it has
    return await comeToRest(page, session, open);
  } finally {
    await context.close();
  }
}

async function comeToRest(page: Page, session: CDPSession, open: () => number): Promise<Reference> {
  const started = performance.now();
  await pause(leastMs);
  for (let last: Buffer | undefined; ; await pause(betweenMs)) {
    await Promise.all(
      page.frames().map((frame) => Promise.race([frame.evaluate(endMotion).catch(() => {}), pause(300)])),
    );
    const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
    const picture = Buffer.from(data, 'base64');
    if (open() === 0 && last?.equals(picture) === true) return { picture, rested: true };
    if (performance.now() - started > mostMs) return { picture, rested: false };
    last = picture;
  }
}

/** Counts the requests under way that may still be answered. */
function openRequests(page: Page): () => number {
  const since = new Map<object, number>();
  page.on('request', (request) => since.set(request, performance.now()));
  page.on('requestfinished', (request) => since.delete(request));
  page.on('requestfailed', (request) => since.delete(request));
  return () => [...since.values()].filter((start) => performance.now() - start < requestPatienceMs).length;
}

/** Runs in the page, before anything of it is there: `data-ogplus` as a card's document has it. */
function markAsCard(): void {
  if (window !== window.top) return;
  const mark = () => document.documentElement?.setAttribute('data-ogplus', '');
  mark();
  new MutationObserver((_, observer) => {
    if (document.documentElement === null) return;
    mark();
    observer.disconnect();
  }).observe(document, { childList: true });
}

/** Runs in each document, shadow roots included. */
function endMotion(): void {
  const roots: Array<Document | ShadowRoot> = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot !== null) roots.push(element.shadowRoot);
  }
  for (const animation of new Set(roots.flatMap((root) => root.getAnimations()))) {
    const { endTime } = animation.effect?.getComputedTiming() ?? {};
    if (animation.timeline !== document.timeline || typeof endTime !== 'number') continue;
    if (endTime === Number.POSITIVE_INFINITY) animation.cancel();
    else if (endTime - Number(animation.currentTime ?? 0) > 5000) animation.finish();
  }
}
