import { resultWithin } from '../../concurrency/result-within.ts';
import type { Milliseconds } from '../../model/units.ts';
import type { RunningBrowser } from './browser.ts';

/** Whether its main process responds within `deadline`: the only check possible while it renders a page. */
export async function answers({ cdp }: RunningBrowser, deadline: Milliseconds): Promise<boolean> {
  try {
    await cdp.send('Browser.getVersion', undefined, { deadline });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether it opens a page that renders a frame within `deadline`: without its zygotes, a browser responds to every command
 * but renders nothing. Not to be called during a render: the frame would wait for that page's.
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
    cdp.send('Target.closeTarget', { targetId }, { deadline }).catch(() => {}); // closed, or the browser is being killed
  }
}
