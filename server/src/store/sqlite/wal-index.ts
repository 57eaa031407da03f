import { openSync, readSync } from 'node:fs';

// The first copy of the WAL-index header (sqlite.org/walformat.html §2.1): a transaction counter, the number of frames,
// checksums and salts. The writer updates it last, before its COMMIT returns.
const headerBytes = 48;

/**
 * Tells, with one read of 48 bytes, whether any connection may have committed to a database in WAL mode. SQLite's own
 * answer (`PRAGMA data_version`) takes a lock and three times as long, for each card sent.
 *
 * The file is never closed: that would release all of this process's SQLite locks on it (POSIX advisory locks). A process
 * opens its store once, so this is one descriptor.
 */
export class WalIndex {
  readonly #file: number;
  readonly #header = Buffer.alloc(headerBytes);
  readonly #last = Buffer.alloc(headerBytes);

  private constructor(file: number) {
    this.#file = file;
  }

  /** Undefined if the file does not exist: then SQLite must be asked. */
  static open(database: string): WalIndex | undefined {
    try {
      return new WalIndex(openSync(`${database}-shm`, 'r'));
    } catch {
      return undefined;
    }
  }

  /** Whether the header changed since the last call; true the first time. @throws if it cannot be read. */
  hasMoved(): boolean {
    const read = readSync(this.#file, this.#header, 0, headerBytes, 0);
    if (read === headerBytes && this.#header.equals(this.#last)) return false;
    this.#header.copy(this.#last);
    return true;
  }

  /** Makes the next call return true. */
  forget(): void {
    this.#last.fill(0);
  }
}
