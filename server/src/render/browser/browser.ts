import type { Protocol } from 'devtools-protocol';
import { milliseconds } from '../../model/units.ts';
import { startProcess } from './browser-process.ts';
import { unusedUser } from './browser-users.ts';
import { Cdp, CdpError } from './cdp.ts';
import { socketTransport } from './cdp-transport.ts';
import type { Confinement, Way } from './confinement.ts';
import type { Browser } from './find-browser.ts';
import { FrameSource } from './frame-source.ts';
import { readUserAgent } from './user-agent.ts';

/** A running browser. */
export interface RunningBrowser extends Confinement {
  readonly cdp: Cdp;
  /** Null where the browser runs elsewhere. */
  readonly pid: number | null;
  /** Undefined where it has its pages draw their frames by itself. */
  readonly frames: FrameSource | undefined;
  /** What each of its pages says that it is drawn with. */
  readonly userAgent: Protocol.Emulation.SetUserAgentOverrideRequest;
  /** Ends it: asked first, killed where it does not follow. Resolves when nothing of it is left. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

// Start-up takes a quarter of a second; a machine that swaps may need this.
const startDeadline = milliseconds(20_000);
// One that runs elsewhere is up already, or it is not: nobody waits for it as for one that has to start.
const connectDeadline = milliseconds(5000);
// An idle browser closes within a tenth of it.
const stopGrace = milliseconds(2000);

/** The browser ended by itself as it started: this machine does not let it run in this way. */
export class StartRefused extends Error {
  constructor({ sandboxed, ownUser }: Way, why: string) {
    super(
      `${sandboxed ? 'in its sandbox' : 'without a sandbox'}, ${ownUser ? 'as a user of its own' : 'as the service'}: ${why}`,
    );
    this.name = 'StartRefused';
  }
}

/**
 * Starts it, or connects to it where it runs elsewhere.
 * @throws {StartRefused} where it ends by itself.
 * @throws {CdpError | Error} where it does not come up for another reason.
 */
export async function startBrowser(
  browser: Browser,
  proxyServer: string | undefined,
  way: Way = { sandboxed: true, ownUser: false },
): Promise<RunningBrowser> {
  return browser.kind === 'remote' ? connect(browser.url) : startLocal(browser, proxyServer, way);
}

async function startLocal(
  browser: Extract<Browser, { kind: 'executable' }>,
  proxyServer: string | undefined,
  way: Way,
): Promise<RunningBrowser> {
  const confinement = { sandboxed: way.sandboxed, user: way.ownUser ? await unusedUser() : undefined };
  const { transport, pid, ended, kill } = startProcess({ ...browser, ...confinement, proxyServer });
  const cdp = new Cdp(transport);
  const stop = async () => {
    const timer = setTimeout(kill, stopGrace);
    cdp.send('Browser.close', undefined, { deadline: stopGrace }).catch(() => kill());
    await ended;
    clearTimeout(timer);
  };
  try {
    const { frames, userAgent } = await prepare(cdp);
    if (frames !== undefined) await closeTabs(cdp);
    cdp.closed.then(kill); // a browser that nobody hears is of no use
    return { cdp, pid, frames, userAgent, ...confinement, kill, stop };
  } catch (error) {
    // Its connection closes a moment before it has ended, and only then it is known how.
    const timer = setTimeout(kill, cdp.isClosed ? stopGrace : 0);
    const { refusal } = await ended;
    clearTimeout(timer);
    throw refusal === undefined ? error : new StartRefused(way, refusal);
  }
}

async function connect(url: string): Promise<RunningBrowser> {
  const cdp = new Cdp(await socketTransport(url, connectDeadline));
  const end = () => cdp.close();
  try {
    const prepared = await prepare(cdp, connectDeadline);
    return { cdp, pid: null, ...prepared, sandboxed: true, user: undefined, stop: async () => end(), kill: end };
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * Popups are closed as they open: nobody looks at them. Gives what its pages say that they are, and
 * what issues their frames, where we do.
 */
async function prepare(cdp: Cdp, deadline = startDeadline): Promise<Pick<RunningBrowser, 'frames' | 'userAgent'>> {
  cdp.on('Target.targetCreated', undefined, ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || targetInfo.openerId === undefined) return;
    const { targetId } = targetInfo;
    cdp.send('Target.closeTarget', { targetId }, { deadline: stopGrace }).catch(() => {}); // it closed itself
  });
  const [userAgent] = await Promise.all([
    readUserAgent(cdp, { deadline }),
    cdp.send('Target.setDiscoverTargets', { discover: true }, { deadline }),
  ]);
  return { frames: await FrameSource.of(cdp), userAgent };
}

/**
 * Closes the tab that it starts with, whose empty page is drawn sixty times a second for as long as it is there: a twentieth
 * of a core. The headless shell, the only one that leaves frames to us, stays without a tab; others end with their last one.
 */
async function closeTabs(cdp: Cdp): Promise<void> {
  const options = { deadline: startDeadline };
  const { targetInfos } = await cdp.send('Target.getTargets', undefined, options);
  const close = ({ targetId }: { targetId: string }) =>
    cdp.send('Target.closeTarget', { targetId }, options).catch((error) => {
      if (!(error instanceof CdpError) || error.lost) throw error; // refused: the one that frames were tried with, just gone
    });
  await Promise.all(targetInfos.filter(({ type }) => type === 'page').map(close));
}
