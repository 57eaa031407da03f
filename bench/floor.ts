import { milliseconds } from '../server/src/model/units.ts';
import type { Cdp } from '../server/src/render/browser/cdp/cdp.ts';
import type { Browser } from '../server/src/render/browser/find-browser.ts';
import { BrowserStarter } from '../server/src/render/browser/process/browser-starter.ts';
import { cpuOfTree } from './cpu-of-tree.ts';

const deadline = milliseconds(10_000);

/** The size and quality that everything here is measured at: the generic card's. */
export const viewport = { width: 1200, height: 630, deviceScaleFactor: 2 };
export const quality = 90;

/** Draws the page at an address; what it is drawn with is made before and let go of after. */
export interface Drawer extends AsyncDisposable {
  draw(url: string): Promise<void>;
  /** CPU time of all its processes so far, in milliseconds. */
  cpu?(): number;
}

/** The least that a picture can take: warm pages of one browser, navigated and captured over bare CDP. */
export async function startFloor(browser: Browser, atOnce: number): Promise<Drawer> {
  const log = { info() {}, warn: console.warn };
  const floor = await new BrowserStarter(browser, { proxyServer: undefined, allowRoot: true, log }).start();
  const idle = await Promise.all(Array.from({ length: atOnce }, () => warmPage(floor.cdp)));
  return {
    async draw(url) {
      const draw = idle.pop();
      if (draw === undefined) throw new Error('More drawings at once than there are pages.');
      await draw(url).finally(() => idle.push(draw));
    },
    cpu: () => (floor.pid === null ? Number.NaN : cpuOfTree(floor.pid)),
    [Symbol.asyncDispose]: () => floor.stop(),
  };
}

async function warmPage(cdp: Cdp): Promise<(url: string) => Promise<void>> {
  const { targetId } = await cdp.send('Target.createTarget', { url: 'about:blank' }, { deadline });
  const { sessionId: session } = await cdp.send('Target.attachToTarget', { targetId, flatten: true }, { deadline });
  await cdp.send('Page.enable', undefined, { session, deadline });
  await cdp.send('Emulation.setDeviceMetricsOverride', { ...viewport, mobile: false }, { session, deadline });
  return async (url) => {
    const loaded = Promise.withResolvers<void>();
    const stop = cdp.on('Page.loadEventFired', session, () => loaded.resolve());
    const late = setTimeout(() => loaded.reject(new Error(`${url} does not load.`)), deadline);
    try {
      await Promise.all([cdp.send('Page.navigate', { url }, { session, deadline }), loaded.promise]);
    } finally {
      clearTimeout(late);
      stop();
    }
    const jpeg = { format: 'jpeg', quality, optimizeForSpeed: true } as const;
    await cdp.send('Page.captureScreenshot', jpeg, { session, deadline });
  };
}
