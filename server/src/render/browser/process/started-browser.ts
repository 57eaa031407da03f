import { type BrowserStart, type SpawnedBrowser, spawnBrowser } from './spawn-browser.ts';

export interface StartedBrowser extends SpawnedBrowser {
  /** Resolves with its exit code, null after a signal, when its processes are killed and its profile folder is removed. */
  readonly ended: Promise<number | null>;
}

/**
 * @throws {StartForbidden} if it may not be started so.
 * @throws {Error} if it did not start for another reason.
 */
export type StartsBrowser = (start: BrowserStart) => Promise<StartedBrowser>;

/** Changing the user or running the shell is forbidden; other errors (too many processes, for example) may pass. */
export class StartForbidden extends Error {}

/** Why a browser did not start. */
export interface StartFailure {
  readonly message: string;
  /** Node's: `EPERM`. */
  readonly code?: string | undefined;
}

export function failedStart({ message, code }: StartFailure): Error {
  return code === 'EPERM' || code === 'EACCES' ? new StartForbidden(message) : new Error(message);
}

/** Starts a browser in this thread, which waits until it runs. */
export const startHere: StartsBrowser = async (start) => {
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  try {
    return { ...(await spawnBrowser(start, resolve)), ended };
  } catch (error) {
    throw failedStart(error as StartFailure);
  }
};
