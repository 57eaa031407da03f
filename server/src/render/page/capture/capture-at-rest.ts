import { setTimeout as pause } from 'node:timers/promises';
import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import type { Page } from '../page.ts';
import { inspectPageScript, type PageContent, type PageInspection } from '../ready/inspect-page.ts';
import { lookAtViewScript, type View } from '../ready/look-at-view.ts';
import { type CaptureOptions, capture, type Shot } from './capture.ts';

// Slower motion is not visible.
const between = milliseconds(250);
// Crawlers leave after three seconds in all.
const longest = milliseconds(2500);

/** A picture, and what there was to see of the page then. */
export interface ShotAtRest {
  readonly shot: Shot;
  readonly content: PageContent;
}

/**
 * Captures a page under virtual time that may still move: the second of two equal pictures, taken while the page does not
 * show that it waits, like Playwright's `toHaveScreenshot`; the last picture if there are none within the timeout.
 * @param timeout capped by our own limit.
 */
export async function captureAtRest(page: Page, options: CaptureOptions, timeout: Milliseconds): Promise<ShotAtRest> {
  const end = performance.now() + Math.min(longest, timeout);
  let last = await capture(page, options);
  while (performance.now() < end) {
    await pause(between);
    // Asked before the picture is taken: afterwards the page may be done, and the picture still show that it waited.
    const { isBusy } = await ask<View>(page, lookAtViewScript);
    const next = await capture(page, options);
    const isAlike = next.bytes.equals(last.bytes);
    last = next;
    if (isAlike && !isBusy) break;
  }
  const { content } = await ask<PageInspection>(page, inspectPageScript);
  return { shot: last, content };
}

async function ask<T>(page: Page, expression: string): Promise<T> {
  const params = { expression, contextId: await page.ownWorld(), returnByValue: true };
  return (await page.send('Runtime.evaluate', params)).result.value as T;
}
