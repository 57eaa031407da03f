import { type Milliseconds, milliseconds } from '../units.ts';
import { startProcess } from './browser-process.ts';
import { Cdp, socketTransport } from './cdp.ts';
import type { Browser } from './find-browser.ts';

/** A running browser. */
export interface RunningBrowser {
  readonly cdp: Cdp;
  /** Null where the browser runs elsewhere. */
  readonly pid: number | null;
  readonly sandboxed: boolean;
  /** Ends it: asked first, killed where it does not follow. Resolves when nothing of it is left. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

// Start-up takes a quarter of a second; a machine that swaps may need this.
const startDeadline = milliseconds(20_000);
// An idle browser closes within a tenth of it.
const stopGrace = milliseconds(2000);

/**
 * Starts it in Chromium's sandbox where the machine allows one, and without where not.
 * @throws {CdpError | Error} where it does not come up.
 */
export async function startBrowser(browser: Browser, proxyServer: string | undefined): Promise<RunningBrowser> {
  if (browser.kind === 'remote') return connect(browser.url);
  // Chromium's sandbox refuses to run as root.
  if (process.getuid?.() === 0) return startLocal(browser, proxyServer, false);
  try {
    return await startLocal(browser, proxyServer, true);
  } catch {
    // Containers often forbid user namespaces, and Chromium then ends at once. `sandboxed` says that it was so.
    return startLocal(browser, proxyServer, false);
  }
}

async function startLocal(
  browser: Extract<Browser, { kind: 'executable' }>,
  proxyServer: string | undefined,
  sandboxed: boolean,
): Promise<RunningBrowser> {
  const { transport, pid, ended, kill } = startProcess({ ...browser, proxyServer, sandbox: sandboxed });
  const cdp = new Cdp(transport);
  try {
    await prepare(cdp);
  } catch (error) {
    kill();
    await ended;
    throw error;
  }
  return {
    cdp,
    pid,
    sandboxed,
    kill,
    async stop() {
      const timer = setTimeout(kill, stopGrace);
      cdp.send('Browser.close', undefined, { deadline: stopGrace }).catch(() => kill());
      await ended;
      clearTimeout(timer);
    },
  };
}

async function connect(url: string): Promise<RunningBrowser> {
  const cdp = new Cdp(await socketTransport(url));
  await prepare(cdp);
  return { cdp, pid: null, sandboxed: true, stop: async () => cdp.close(), kill: () => cdp.close() };
}

/** Popups are closed as they open: nobody looks at them. */
async function prepare(cdp: Cdp): Promise<void> {
  cdp.on('Target.targetCreated', undefined, ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || targetInfo.openerId === undefined) return;
    const { targetId } = targetInfo;
    cdp.send('Target.closeTarget', { targetId }, { deadline: stopGrace }).catch(() => {}); // it closed itself
  });
  await cdp.send('Target.setDiscoverTargets', { discover: true }, { deadline: startDeadline });
}

/** Whether it answers within `deadline`. */
export async function isHealthy(browser: RunningBrowser, deadline: Milliseconds): Promise<boolean> {
  try {
    await browser.cdp.send('Browser.getVersion', undefined, { deadline });
    return true;
  } catch {
    return false;
  }
}
