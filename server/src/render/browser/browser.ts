import type { Protocol } from 'devtools-protocol';
import { milliseconds } from '../../model/units.ts';
import { Cdp, CdpError } from './cdp/cdp.ts';
import { socketTransport } from './cdp/cdp-transport.ts';
import type { Browser } from './find-browser.ts';
import { FrameSource } from './frame-source.ts';
import { startProcess } from './process/browser-process.ts';
import type { Confinement, ConfinementLevel } from './process/confinement.ts';
import type { ControlGroupPlace } from './process/control-groups.ts';
import { StartForbidden, type StartsBrowser } from './process/started-browser.ts';
import { readProduct } from './user-agent.ts';

/** A browser's first process. */
export interface OwnProcess {
  readonly pid: number;
  /** Kills it with all its children. */
  kill(): void;
}

/** A running browser. */
export interface RunningBrowser extends Confinement {
  readonly cdp: Cdp;
  /** Null for a remote browser. */
  readonly pid: number | null;
  /** Undefined if its pages render frames on their own. */
  readonly frames: FrameSource | undefined;
  /** `HeadlessChrome/153.0.8010.0`. */
  readonly product: string;
  /** The `User-Agent` of its pages. */
  readonly userAgent: Protocol.Emulation.SetUserAgentOverrideRequest;
  /** Closes it, and kills it if it does not follow. Resolves when all its processes are gone. */
  stop(): Promise<void>;
  /** Kills it. */
  kill(): void;
}

// Starting takes a quarter of a second; a swapping machine may need this.
const startDeadline = milliseconds(20_000);
// A remote browser is either running or not: it needs no time to start.
const connectDeadline = milliseconds(5000);
// An idle browser closes within a tenth of this.
const stopGrace = milliseconds(2000);

/** The browser exited as it started: this machine does not allow this confinement. */
export class StartRefused extends Error {
  constructor({ sandboxed, ownUser }: ConfinementLevel, why: string) {
    super(
      `${sandboxed ? 'in its sandbox' : 'without a sandbox'}, ${ownUser ? 'as a user of its own' : 'as the service'}: ${why}`,
    );
    this.name = 'StartRefused';
  }
}

/** What a browser of this machine is started with. */
export interface LocalStart {
  readonly start: StartsBrowser;
  readonly proxyServer: string | undefined;
  readonly level: ConfinementLevel | undefined;
  readonly controlGroup: ControlGroupPlace | undefined;
  /** Called as soon as its process runs; it may not respond yet. */
  readonly onProcess: (started: OwnProcess) => void;
}

/**
 * Starts a browser, or connects to a remote one.
 * @throws {StartRefused} if it exits on its own.
 * @throws {CdpError | Error} if it fails to start for another reason.
 */
export async function startBrowser(browser: Browser, local: LocalStart): Promise<RunningBrowser> {
  return browser.kind === 'remote' ? connect(browser.url) : startLocal(browser, local);
}

async function startLocal(
  browser: Extract<Browser, { kind: 'executable' }>,
  { start, proxyServer, level = { sandboxed: true, ownUser: false }, controlGroup, onProcess }: LocalStart,
): Promise<RunningBrowser> {
  const { kind: _, ...program } = browser;
  const starting = startProcess(start, { ...program, ...level, proxyServer, controlGroup });
  const { transport, pid, user, ended, kill } = await starting.catch((error) => {
    throw error instanceof StartForbidden ? new StartRefused(level, error.message) : error;
  });
  const confinement = { sandboxed: level.sandboxed, user };
  onProcess({ pid, kill });
  const cdp = new Cdp(transport);
  const stop = async () => {
    const timer = setTimeout(kill, stopGrace);
    cdp.send('Browser.close', undefined, { deadline: stopGrace }).catch(() => kill());
    await ended;
    clearTimeout(timer);
  };
  try {
    const { frames, ...told } = await prepare(cdp);
    if (frames !== undefined) await closeTabs(cdp);
    cdp.closed.then(kill); // a browser without a connection is of no use
    return { cdp, pid, frames, ...told, ...confinement, kill, stop };
  } catch (error) {
    // Its connection closes a moment before it exits, and only then is its exit code known.
    const timer = setTimeout(kill, cdp.isClosed ? stopGrace : 0);
    const { refusal } = await ended;
    clearTimeout(timer);
    throw refusal === undefined ? error : new StartRefused(level, refusal);
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
 * Closes popups as they open. Returns which browser it is, the pages' `User-Agent`, and the frame source if frames are under
 * our control.
 */
async function prepare(
  cdp: Cdp,
  deadline = startDeadline,
): Promise<Pick<RunningBrowser, 'frames' | 'product' | 'userAgent'>> {
  cdp.on('Target.targetCreated', undefined, ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || targetInfo.openerId === undefined) return;
    const { targetId } = targetInfo;
    cdp.send('Target.closeTarget', { targetId }, { deadline: stopGrace }).catch(() => {}); // it closed by itself
  });
  const [told] = await Promise.all([
    readProduct(cdp, { deadline }),
    cdp.send('Target.setDiscoverTargets', { discover: true }, { deadline }),
  ]);
  return { frames: await FrameSource.of(cdp), ...told };
}

/**
 * Closes the initial tab, whose empty page would render sixty frames a second, a twentieth of a core. The headless shell, the
 * only one with frame control, keeps running without a tab; other browsers exit with their last one.
 */
async function closeTabs(cdp: Cdp): Promise<void> {
  const options = { deadline: startDeadline };
  const { targetInfos } = await cdp.send('Target.getTargets', undefined, options);
  const close = ({ targetId }: { targetId: string }) =>
    cdp.send('Target.closeTarget', { targetId }, options).catch((error) => {
      if (!(error instanceof CdpError) || error.lost) throw error; // refused: the target of the frame probe, just closed
    });
  await Promise.all(targetInfos.filter(({ type }) => type === 'page').map(close));
}
