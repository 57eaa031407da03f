import type { Milliseconds } from '../../../model/units.ts';
import { CdpError, type CdpSession } from '../../browser/cdp/cdp.ts';
import { type Activity, unknownActivity } from './activity.ts';

/**
 * What the page does now, as its observer says (observe-activity.ts). Unknown if its document was just replaced, or runs no scripts.
 * @param left what is not over by then has no end here.
 */
export async function lookAtActivity(
  page: Pick<CdpSession, 'send'>,
  left: number,
  deadline?: Milliseconds,
): Promise<Activity> {
  const expression = `globalThis[Symbol.for('ogplus.activity')]?.(${left}) ?? null`;
  try {
    const { result } = await page.send('Runtime.evaluate', { expression, returnByValue: true }, deadline);
    return (result.value as Activity | null) ?? { ...unknownActivity, changed: false };
  } catch (error) {
    if (error instanceof CdpError && !error.lost) return unknownActivity;
    throw error;
  }
}
