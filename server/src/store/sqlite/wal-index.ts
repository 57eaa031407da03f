import { openSync, readSync } from 'node:fs';

// The first of the two copies of the WAL-index header (sqlite.org/walformat.html §2.1): a counter of transactions, the
// number of frames, checksums and salts. The writer puts it there last, before its COMMIT returns.
const headerBytes = 48;

/**
 * Tells, with one read of 48 bytes, whether any connection may have committed something to a database in WAL mode. The
 * question that SQLite answers itself (`PRAGMA data_version`) takes a lock: three times as long, for each card that is
 * sent.
 *
 * The file is never closed: to close it would end all locks that SQLite has on it for this process (POSIX advisory locks).
 * A process opens its store once, so that this is one descriptor.
 */
export class WalIndex {
  readonly #file: number;
  readonly #header = Buffer.alloc(headerBytes);
  readonly #last = Buffer.alloc(headerBytes);

  private constructor(file: number) {
    this.#file = file;
  }

  /** Undefined where there is no such file to be read: SQLite must be asked then. */
  static open(database: string): WalIndex | undefined {
    try {
      return new WalIndex(openSync(`${database}-shm`, 'r'));
    } catch {
      return undefined;
    }
  }

  /** Whether the header is another one than when it was last asked for; true the first time. @throws where it cannot be read. */
  hasMoved(): boolean {
    const read = readSync(this.#file, this.#header, 0, headerBytes, 0);
    if (read === headerBytes && this.#header.equals(this.#last)) return false;
    this.#header.copy(this.#last);
    return true;
  }

  /** The next answer is yes. */
  forget(): void {
    this.#last.fill(0);
  }
}
