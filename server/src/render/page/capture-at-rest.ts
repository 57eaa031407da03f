import { setTimeout as pause } from 'node:timers/promises';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { type CaptureOptions, capture, type Shot } from './capture.ts';
import { inspectPageScript, type PageContent, type PageInspection } from './inspect-page.ts';
import { lookAtViewScript, type View } from './look-at-view.ts';
import type { Page } from './page.ts';

// What moves more slowly than that is not seen to move.
const between = milliseconds(250);
// Crawlers leave after three seconds in all.
const longest = milliseconds(2500);

/** A picture, and what there was to see of the page then. */
export interface ShotAtRest {
  readonly shot: Shot;
  readonly content: PageContent;
}

/**
 * What a page shows that lives by its own clock and may still be moving: the second of two pictures that are alike, where it does
 * not say that it waits, as Playwright's `toHaveScreenshot` does it; the last one where there are none within the patience.
 * @param patience ours has an end too.
 */
export async function captureAtRest(page: Page, options: CaptureOptions, patience: Milliseconds): Promise<ShotAtRest> {
  const end = performance.now() + Math.min(longest, patience);
  let last = await capture(page, options);
  while (performance.now() < end) {
    await pause(between);
    const next = await capture(page, options);
    const isAlike = next.bytes.equals(last.bytes);
    last = next;
    if (isAlike && !(await ask<View>(page, lookAtViewScript)).isBusy) break;
  }
  const { content } = await ask<PageInspection>(page, inspectPageScript);
  return { shot: last, content };
}

async function ask<T>(page: Page, expression: string): Promise<T> {
  const params = { expression, contextId: await page.ownWorld(), returnByValue: true };
  return (await page.send('Runtime.evaluate', params)).result.value as T;
}
