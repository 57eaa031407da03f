import { setTimeout as pause } from 'node:timers/promises';
import { resultWithin } from '../../../concurrency/result-within.ts';
import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import { CdpError } from '../../browser/cdp/cdp.ts';
import { type Activity, unknownActivity } from '../clock/activity.ts';
import { lookAtActivity } from '../clock/look-at-activity.ts';
import { isAtRest as nothingChanges } from '../clock/step-lengths.ts';
import type { Page } from '../page.ts';
import { DocumentLoad } from '../ready/document-load.ts';
import { inspectPageScript, type PageContent, type PageInspection } from '../ready/inspect-page.ts';
import { RequestTimeout } from '../ready/request-timeout.ts';
import { type CaptureOptions, capture, type Shot } from './capture.ts';

// Slower motion is not visible.
const between = milliseconds(250);
// Crawlers leave after three seconds in all.
const longest = milliseconds(2500);
// As under virtual time: what a frame brings about runs after it.
const looksAtRest = 2;
// A page that still moves after so many looks may do so for ever: its pictures say whether that is seen.
const looksAtMotion = 6;
const betweenLooks = milliseconds(50);
const lookDeadline = milliseconds(1000);
// What takes the machine's time, a database or a worker, may never end.
const longestAwaited = 1000;

/** A picture, and what there was to see of the page then. */
export interface ShotAtRest {
  readonly shot: Shot;
  /** Undefined if the page replaced its document just then. */
  readonly content: PageContent | undefined;
  /** False if the page replaced its document, and the next one was not ready in time. */
  readonly isReady: boolean;
}

/**
 * Captures a page that goes by the machine's clock and may still move. It waits for requests, and for what the page is observed
 * to do later: timers, but for repeated ones that were due before, and animations. Then it takes one picture where nothing can change any more;
 * otherwise the second of two equal ones, while the page does not show that it waits, like Playwright's
 * `toHaveScreenshot`; the last one if there are none within the timeout.
 * @param body of its document, as it was given to the browser.
 * @param timeout capped by our own limit.
 */
export async function captureAtRest(
  page: Page,
  body: Buffer,
  options: CaptureOptions,
  timeout: Milliseconds,
): Promise<ShotAtRest> {
  const started = performance.now();
  const end = started + Math.min(longest, timeout);
  const load = new DocumentLoad(page, true);
  const requestTimeout = new RequestTimeout(page, load, body);
  const isWaiting = () => !load.isLoaded || page.traffic.open.some(({ isRepeated }) => !isRepeated);
  const first = page.documents;
  let isAtRest = false;
  let last: Shot | undefined;
  let looks = 0;
  let still = 0;
  try {
    while (!isAtRest && performance.now() < end) {
      if (last !== undefined) await pause(between);
      // Asked before the picture is taken: afterwards the page may be done, and the picture still show that it waited.
      const { documents } = page;
      const left = Math.max(0, end - performance.now());
      const activity = (await resultWithin(lookDeadline, lookAtActivity(page, left))) ?? unknownActivity;
      const waits = isWaiting() && !(await requestTimeout.isOver());
      if (waits || isToChange(activity, left, performance.now() - started)) {
        last = undefined;
        looks = 0;
        still = 0;
        await pause(betweenLooks);
        continue;
      }
      looks++;
      still = nothingChanges(activity, left) && page.workers.isEmpty ? still + 1 : 0;
      if (still < looksAtRest && looks < looksAtMotion) {
        await resultWithin(betweenLooks, nextFrame(page));
        continue;
      }
      const isBusy = (await requestTimeout.look())?.isBusy !== false;
      const next = await capture(page, options);
      const isStill = still >= looksAtRest || (last !== undefined && next.bytes.equals(last.bytes));
      isAtRest = isStill && !isBusy && page.documents === documents;
      last = next;
    }
    last ??= await capture(page, options);
    const content = await contentOf(page);
    const isReady = content !== undefined && (isAtRest || page.documents === first || !isWaiting());
    return { shot: last, content, isReady };
  } finally {
    load.stop();
  }
}

/** Whether it is known to do something until then. */
function isToChange(activity: Activity, left: number, waited: number): boolean {
  const { nextNewTimer, animationEnd, isAwaiting, awaitsWorker } = activity;
  if ((isAwaiting || awaitsWorker) && waited < longestAwaited) return true;
  return [nextNewTimer, animationEnd].some((time) => time !== null && time <= left);
}

/** Resolves with a frame of the browser's own. */
async function nextFrame(page: Page): Promise<void> {
  const expression = 'new Promise((resolve) => requestAnimationFrame(() => resolve(null)))';
  try {
    await page.send('Runtime.evaluate', { expression, contextId: await page.ownWorld(), awaitPromise: true });
  } catch (error) {
    if (!(error instanceof CdpError) || error.lost) throw error; // the document was replaced
  }
}

async function contentOf(page: Page): Promise<PageContent | undefined> {
  try {
    const params = { expression: inspectPageScript, contextId: await page.ownWorld(), returnByValue: true };
    return ((await page.send('Runtime.evaluate', params)).result.value as PageInspection).content;
  } catch (error) {
    if (error instanceof CdpError && !error.lost) return undefined;
    throw error;
  }
}
