import { Problem } from './problem.ts';

const sentences = {
  'database-full': 'The disk of the database is full. Free some space on it.',
  full: 'The disk of the data folder is full. Free some space on it.',
  busy: 'The database is busy. Try again in a moment.',
  'read-only': 'The data folder is read-only. Give the service write access to it.',
  damaged: 'The database is damaged. Restore the data folder from a backup.',
  gone: 'The data folder was removed or replaced. Put it back and start the service again.',
  storage: 'The picture storage cannot be reached, or refuses access. Check it, and the access key of the service.',
  closed: 'The store is closed.',
  failed: 'The store cannot be reached. Try again.',
} as const;

export type StoreFault = keyof typeof sentences;

/** Whether an operator has to look into it: a bug, or a fault of the disk or the database. For the log. */
export function isFault(error: unknown): boolean {
  return !(error instanceof Problem) || error instanceof StoreUnreachable;
}

/** The store can be neither read nor written now. `cause` is the error of the database or the file system. */
export class StoreUnreachable extends Problem {
  readonly reason: StoreFault;

  constructor(reason: StoreFault, cause?: unknown) {
    super('store-unreachable', sentences[reason], { retryAfter: 5 });
    this.reason = reason;
    this.cause = cause;
  }
}
