import { setTimeout as pause } from 'node:timers/promises';
import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import { CdpError } from '../../browser/cdp/cdp.ts';
import type { Page } from '../page.ts';
import { DocumentLoad } from '../ready/document-load.ts';
import { inspectPageScript, type PageContent, type PageInspection } from '../ready/inspect-page.ts';
import { RequestTimeout } from '../ready/request-timeout.ts';
import { type CaptureOptions, capture, type Shot } from './capture.ts';

// Slower motion is not visible.
const between = milliseconds(250);
// Crawlers leave after three seconds in all.
const longest = milliseconds(2500);

/** A picture, and what there was to see of the page then. */
export interface ShotAtRest {
  readonly shot: Shot;
  /** Undefined if the page replaced its document just then. */
  readonly content: PageContent | undefined;
  /** False if the page replaced its document, and the next one was not ready in time. */
  readonly isReady: boolean;
}

/**
 * Captures a page that goes by the machine's clock and may still move: the second of two equal pictures, taken while the
 * page neither shows that it waits nor waits for requests, like Playwright's `toHaveScreenshot`; the last picture if there
 * are none within the timeout.
 * @param body of its document, as it was given to the browser.
 * @param timeout capped by our own limit.
 */
export async function captureAtRest(
  page: Page,
  body: Buffer,
  options: CaptureOptions,
  timeout: Milliseconds,
): Promise<ShotAtRest> {
  const end = performance.now() + Math.min(longest, timeout);
  const load = new DocumentLoad(page, true);
  const requestTimeout = new RequestTimeout(page, load, body);
  const isWaiting = () => !load.isLoaded || page.traffic.open.some(({ isRepeated }) => !isRepeated);
  const first = page.documents;
  let isAtRest = false;
  let last = await capture(page, options);
  try {
    while (!isAtRest && performance.now() < end) {
      await pause(between);
      // Asked before the picture is taken: afterwards the page may be done, and the picture still show that it waited.
      const { documents } = page;
      const waits = isWaiting() && !(await requestTimeout.isOver());
      const isBusy = (await requestTimeout.look())?.isBusy !== false;
      const next = await capture(page, options);
      isAtRest = next.bytes.equals(last.bytes) && !isBusy && !waits && page.documents === documents;
      last = next;
    }
    const content = await contentOf(page);
    const isReady = content !== undefined && (isAtRest || page.documents === first || !isWaiting());
    return { shot: last, content, isReady };
  } finally {
    load.stop();
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
