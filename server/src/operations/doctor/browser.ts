import type { Config } from '../../config.ts';
import { type Browser, findBrowser } from '../../render/browser/find-browser.ts';
import { readyFonts } from '../../render/browser/fonts.ts';
import { BrowserStarter } from '../../render/browser/process/browser-starter.ts';
import { mendOf } from '../../render/browser/process/confinement.ts';
import { cachePlaces } from '../../render/browser/whole-folder.ts';
import type { Renderer } from '../../render/renderer.ts';
import { bad, type Check, type Finding, good, hint, reasonOf } from './check.ts';

/** What a started browser tells of itself. */
interface Started {
  readonly path: string;
  readonly sandboxed: boolean;
  readonly asRoot: boolean;
  readonly remote: boolean;
}

export function browserChecks(config: Config): Check[] {
  let starting: Promise<Started> | undefined;
  const started = () => (starting ??= startOne(config));
  return [
    { name: 'browser', find: () => browser(started, config) },
    { name: 'sandbox', find: () => sandbox(started) },
    { name: 'fonts', find: fonts },
  ];
}

/** Of the browser that the service draws with; starts one where none runs. */
export function runningBrowserChecks(renderer: Pick<Renderer, 'check' | 'status'>, config: Config): Check[] {
  const started = async (): Promise<Started> => {
    try {
      await renderer.check();
    } catch (error) {
      throw new Error(renderer.status.browser.failure ?? reasonOf(error));
    }
    const { place: path, sandboxed, asRoot } = renderer.status.browser;
    return { path, sandboxed: sandboxed === true, asRoot, remote: sandboxed === null };
  };
  return [
    { name: 'browser', find: () => browser(started, config) },
    { name: 'sandbox', find: () => sandbox(started) },
    { name: 'fonts', find: fonts },
  ];
}

async function browser(started: () => Promise<Started>, { allowRootBrowser }: Config): Promise<Finding> {
  try {
    return good(`starts: ${(await started()).path}`);
  } catch (error) {
    const mend = mendOf(allowRootBrowser);
    return bad(reasonOf(error), `${mend.charAt(0).toUpperCase()}${mend.slice(1)}.`);
  }
}

async function sandbox(started: () => Promise<Started>): Promise<Finding> {
  const found = await started().catch(() => undefined);
  if (found === undefined) return bad('unknown: the browser does not start', 'Fix the browser first.');
  if (found.remote) return hint('unknown: the browser runs elsewhere', 'Check how it is started there.');
  if (found.sandboxed) return good('the browser runs in its own sandbox');
  const mend =
    'Allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0, or the seccomp profile of deploy/container.';
  return found.asRoot
    ? bad('the browser runs as root and without its sandbox', 'Run the service as a user of its own.')
    : hint('the browser runs without its sandbox, which needs user namespaces', mend);
}

async function fonts(): Promise<Finding> {
  if (process.platform !== 'linux') return good("the system's own");
  try {
    await readyFonts();
    return good("the service's own, for all scripts");
  } catch (error) {
    return bad(reasonOf(error), 'Install again: npm install, or npm start in a clone.');
  }
}

async function startOne({ browser: wanted, allowRootBrowser }: Config): Promise<Started> {
  const found = await findBrowser(wanted);
  const warnings: string[] = [];
  const log = { info() {}, warn: (facts: object, text: string) => void warnings.push(withRefusals(facts, text)) };
  const ready = await withFonts(found);
  const starter = new BrowserStarter(ready, { proxyServer: undefined, allowRoot: allowRootBrowser, log });
  try {
    const running = await starter.start();
    const { sandboxed, user } = running;
    await running.stop();
    const isRemote = found.kind === 'remote';
    return {
      path: isRemote ? found.url : found.path,
      sandboxed,
      asRoot: !isRemote && user === undefined && process.getuid?.() === 0,
      remote: isRemote,
    };
  } catch (error) {
    throw new Error(warnings[0] ?? reasonOf(error));
  } finally {
    starter.stop();
  }
}

async function withFonts(found: Browser): Promise<Browser> {
  if (found.kind === 'remote' || process.platform !== 'linux') return found;
  return { ...found, fontconfig: await readyFonts(cachePlaces()) };
}

function withRefusals(facts: object, text: string): string {
  const refused = 'refused' in facts && Array.isArray(facts.refused) ? facts.refused.map(String) : [];
  return refused.length === 0 ? text : `${text}: ${refused[0]}`;
}
