import { Problem } from '../../model/problem.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import type { RunningBrowser } from '../browser/browser.ts';
import { PageGone } from '../browser/cdp.ts';
import { answers } from '../browser/health.ts';

// Most drawings are over before the first.
const beatMs = 1000;
// The browser's main process answers within a few milliseconds, on a machine that is overloaded within a second or two.
const hangs = milliseconds(4000);
// A page with as many requests as it may have causes some 5,000, of some 500 bytes each.
const most = { events: 50_000, bytes: 200_000_000 };

/** A page took the time of its drawing, or kept the browser from it: it is not tried again. */
export class OutOfTime extends Problem {
  constructor() {
    super('render-failed', 'The page did not let itself be drawn in time.');
  }
}

/**
 * What `work` gives, which draws a page in the browser. When `left` is over without it, or where the page floods us with its
 * events, the browser is ended, with all that the page may have started in it: workers, titles, dialogs without end.
 * @throws {OutOfTime} then; `PageGone` where the browser hung, which need not be this page's doing.
 */
export async function withinDeadline<T>(browser: RunningBrowser, left: Milliseconds, work: Promise<T>): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const end = (error: Error): void => {
    reject(error);
    browser.kill();
  };
  const { events, bytes } = browser.cdp.received;
  let asked = false;
  const beat = async () => {
    const { received } = browser.cdp;
    if (received.events - events > most.events || received.bytes - bytes > most.bytes) end(new OutOfTime());
    if (asked) return;
    asked = true;
    if (!(await answers(browser, hangs))) end(new PageGone('The browser hung.'));
    asked = false;
  };
  const late = setTimeout(() => end(new OutOfTime()), left);
  const heart = setInterval(beat, beatMs);
  for (const one of [work, over]) one.catch(() => {}); // where the other one ended first
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(late);
    clearInterval(heart);
  }
}
