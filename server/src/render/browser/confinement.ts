import type { Log } from '../../model/log.ts';

/** What keeps the browser away from the rest of the machine. */
export interface Confinement {
  /** Chromium's own sandbox around its page processes. */
  readonly sandboxed: boolean;
  /** The user that it runs as, where that is not the service's own. */
  readonly user: number | undefined;
}

// A user of no other program, by number: nobody else's processes are within a page's reach, and no account has to be
// made. systemd leaves 60578 to 61183 to nothing (systemd.io, "Users, Groups, UIDs and GIDs").
const ownUser = 61_100;

/** Ways to start it, the safest first. Chromium's sandbox refuses to run as root. */
export function confinements(): readonly Confinement[] {
  if (process.getuid?.() !== 0) return [true, false].map((sandboxed) => ({ sandboxed, user: undefined }));
  return [
    { sandboxed: true, user: ownUser },
    { sandboxed: false, user: ownUser },
    { sandboxed: false, user: undefined },
  ];
}

const lacksSandbox =
  'the browser runs without its sandbox, which is made of user namespaces: this machine forbids them to it';
const isRoot =
  'the browser runs as root and without its sandbox, because no other user could start it: run the service as a user of its own, or let others read the folder of its dependencies';

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
