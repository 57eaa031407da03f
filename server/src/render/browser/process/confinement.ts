import type { Log } from '../../../model/log.ts';

/** What isolates the browser from the rest of the machine. */
export interface Confinement {
  /** Chromium's own sandbox around its page processes. */
  readonly sandboxed: boolean;
  /** The user it runs as, if not the service's own. */
  readonly user: number | undefined;
}

/** How far the browser is confined. */
export interface ConfinementLevel {
  readonly sandboxed: boolean;
  /** Whether it runs as a user that runs nothing else. */
  readonly ownUser: boolean;
}

/** The levels to try, safest first. Chromium's sandbox does not run as root, and a browser without it has root's rights. */
export function confinementLevels(allowRoot: boolean): readonly ConfinementLevel[] {
  if (process.getuid?.() !== 0) return [true, false].map((sandboxed) => ({ sandboxed, ownUser: false }));
  return [
    { sandboxed: true, ownUser: true },
    { sandboxed: false, ownUser: true },
    ...(allowRoot ? [{ sandboxed: false, ownUser: false }] : []),
  ];
}

/** Advice for when the browser starts at no level. */
export function mendOf(allowRoot: boolean): string {
  if (process.getuid?.() !== 0 || allowRoot)
    return 'start it by hand with --headless and read its messages: a library may be missing';
  return 'run the service as its own user, or let other users read the folder with its dependencies, so that the browser need not run as root; OGPLUS_ALLOW_ROOT_BROWSER=true allows that, and then a page that escapes from the browser controls the whole machine';
}

const lacksSandbox = 'the browser runs without its sandbox: it needs user namespaces, which this machine forbids';
const isRoot =
  'the browser runs as root and without its sandbox, as OGPLUS_ALLOW_ROOT_BROWSER allows: run the service as its own user, or let other users read the folder with its dependencies';

/** Logs what isolates the browser from the rest of the machine. A remote browser's isolation is unknown here. */
export function logConfinement(
  { pid: browserPid, sandboxed, user }: Confinement & { readonly pid: number | null },
  log: Log,
): void {
  if (browserPid === null) {
    log.info({}, 'connected to the remote browser');
    return;
  }
  log.info({ browserPid, sandboxed, user: user ?? 'as the service' }, 'the browser is up');
  if (user === undefined && process.getuid?.() === 0) log.warn({ browserPid }, isRoot);
  else if (!sandboxed) log.warn({ browserPid }, lacksSandbox);
}
