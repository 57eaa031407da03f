import { Problem } from '../../model/problem.ts';
import { startTimeout } from '../../model/timeout.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import type { RunningBrowser } from '../browser/browser.ts';
import { PageGone } from '../browser/cdp/cdp.ts';
import { answers } from '../browser/health.ts';

// Most renders end before the first check.
const beatMs = 1000;
// The browser's main process responds within milliseconds, on an overloaded machine within a second or two.
const hangs = milliseconds(4000);
// A page with the maximum of requests causes some 5,000 events of some 500 bytes each.
const most = { events: 50_000, bytes: 200_000_000 };

/** A page used up its render's time or blocked the browser: it is not retried. */
export class OutOfTime extends Problem {
  constructor() {
    super('render-failed', 'The page could not be drawn in time.');
  }
}

/**
 * The result of `work`, which renders a page in the browser. If it is not done when `left` is over, or if the page floods us
 * with events, the browser is killed with everything the page may have started in it: workers, titles, endless dialogs.
 * @throws {OutOfTime} in that case; `PageGone` if the browser hung, which need not be this page's fault.
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
  using _ = startTimeout(left, () => end(new OutOfTime()));
  const heart = setInterval(beat, beatMs);
  for (const one of [work, over]) one.catch(() => {}); // whichever ends second
  try {
    return await Promise.race([work, over]);
  } finally {
    clearInterval(heart);
  }
}
