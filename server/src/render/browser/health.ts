import { resultWithin } from '../../concurrency/result-within.ts';
import type { Milliseconds } from '../../model/units.ts';
import type { RunningBrowser } from './browser.ts';

/** Whether its main process answers within `deadline`: all that can be asked of one that draws a page. */
export async function answers({ cdp }: RunningBrowser, deadline: Milliseconds): Promise<boolean> {
  try {
    await cdp.send('Browser.getVersion', undefined, { deadline });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether it opens a page that gives a frame within `deadline`: one whose zygotes are gone answers every question, and
 * draws nothing any more. Not to be asked while it draws: the frame would wait for those of that page.
 */
export async function opensPages(browser: RunningBrowser, deadline: Milliseconds): Promise<boolean> {
  const opened = openPage(browser, deadline).then(
    () => true,
    () => false,
  );
  return (await resultWithin(deadline, opened)) ?? false;
}

async function openPage({ cdp, frames }: RunningBrowser, deadline: Milliseconds): Promise<void> {
  const params = { url: 'about:blank', enableBeginFrameControl: frames !== undefined };
  const { targetId } = await cdp.send('Target.createTarget', params, { deadline });
  try {
    const { sessionId: session } = await cdp.send('Target.attachToTarget', { targetId, flatten: true }, { deadline });
    await cdp.send('Runtime.evaluate', { expression: '1' }, { session, deadline });
    await frames?.issue({ targetId, session }, { noDisplayUpdates: true });
  } finally {
    cdp.send('Target.closeTarget', { targetId }, { deadline }).catch(() => {}); // it is gone, or will be with its browser
  }
}
