import { Problem } from './problem.ts';

const sentences = {
  full: 'The disk of the data folder is full. Make room on it.',
  busy: 'The database is busy. Try again.',
  'read-only': 'The data folder cannot be written. Give the service the right to write it.',
  damaged: 'The database is damaged. Restore the data folder from a backup.',
  gone: 'The data folder was removed or replaced. Put it back and start the service again.',
  closed: 'The store is closed.',
  failed: 'The store cannot be reached. Try again.',
} as const;

export type StoreFault = keyof typeof sentences;

/** Whether somebody has to look into it: a fault of ours, or of the disk and the database. For the log. */
export function isFault(error: unknown): boolean {
  return !(error instanceof Problem) || error instanceof StoreUnreachable;
}

/** What is kept can be neither read nor written now. The `cause` is what the database or the file system said. */
export class StoreUnreachable extends Problem {
  readonly reason: StoreFault;

  constructor(reason: StoreFault, cause?: unknown) {
    super('store-unreachable', sentences[reason], { retryAfter: 5 });
    this.reason = reason;
    this.cause = cause;
  }
}
