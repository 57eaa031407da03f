import type { Log } from '../../model/log.ts';

/** What keeps the browser away from the rest of the machine. */
export interface Confinement {
  /** Chromium's own sandbox around its page processes. */
  readonly sandboxed: boolean;
  /** The user that it runs as, where that is not the service's own. */
  readonly user: number | undefined;
}

/** A way to start it. */
export interface Way {
  readonly sandboxed: boolean;
  /** Whether it runs as a user that nothing else runs as. */
  readonly ownUser: boolean;
}

/** Ways to start it, the safest first. Chromium's sandbox refuses to run as root, and a browser without one is root's own. */
export function waysToStart(allowRoot: boolean): readonly Way[] {
  if (process.getuid?.() !== 0) return [true, false].map((sandboxed) => ({ sandboxed, ownUser: false }));
  return [
    { sandboxed: true, ownUser: true },
    { sandboxed: false, ownUser: true },
    ...(allowRoot ? [{ sandboxed: false, ownUser: false }] : []),
  ];
}

/** How to have the browser started where no way to do it was left. */
export function mendOf(allowRoot: boolean): string {
  if (process.getuid?.() !== 0 || allowRoot)
    return 'start it by hand with --headless and see what it says: it may lack a library';
  return 'run the service as a user of its own, or let others read the folder of its dependencies, so that the browser need not be root; OGPLUS_ALLOW_ROOT_BROWSER=true lets it, and gives a page that breaks out of the browser the whole machine';
}

const lacksSandbox =
  'the browser runs without its sandbox, which is made of user namespaces: this machine forbids them to it';
const isRoot =
  'the browser runs as root and without its sandbox, as OGPLUS_ALLOW_ROOT_BROWSER allows: run the service as a user of its own, or let others read the folder of its dependencies';

/** Says in the log what keeps a hostile page from the rest of the machine. What a browser elsewhere has, only its machine knows. */
export function tellConfinement(
  { pid: browserPid, sandboxed, user }: Confinement & { readonly pid: number | null },
  log: Log,
): void {
  if (browserPid === null) {
    log.info({}, 'the browser elsewhere is connected');
    return;
  }
  log.info({ browserPid, sandboxed, user: user ?? 'as the service' }, 'the browser is up');
  if (user === undefined && process.getuid?.() === 0) log.warn({ browserPid }, isRoot);
  else if (!sandboxed) log.warn({ browserPid }, lacksSandbox);
}
