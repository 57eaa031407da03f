import { readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

// The database, the log, a start's pipes, the fetcher's idle connections, and Node's own.
const ownFiles = 150;
// Per renderer: pipes, a port for each of its websites, and both ends of each connection of the page it renders.
const filesOfARenderer = 250;
// Per connection: the client's, and one to the website whose page it requests.
const filesOfAConnection = 2;
// Fewer are of no use; the operator is told when files are that limited.
const leastConnections = 16;

// A browser's profile, and its shared memory where there is no /dev/shm.
const leastTemporaryMB = 100;

export interface Scarcity {
  readonly says: string;
  readonly mend: string;
}

/** How many files and sockets this process may open; undefined if unknown. Node has already raised the soft limit. */
export function openFilesLimit(): number | undefined {
  try {
    const found = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return found === undefined || found === 'unlimited' ? undefined : Number(found);
  } catch {
    return undefined; // not Linux: ten thousand or more
  }
}

/** The number of connections that leaves enough files for everything else: a card needs some while it is made. */
export function connectionsWithin(limit: number | undefined, asked: number, renderers: number): number {
  if (limit === undefined) return asked;
  const left = Math.floor((limit - ownFiles - filesOfARenderer * renderers) / filesOfAConnection);
  return Math.min(asked, Math.max(leastConnections, left));
}

/** Where the machine gives less than a browser starts with: what, and what to do. */
export function scarcities(limit = openFilesLimit(), temporary = tmpdir()): Scarcity[] {
  const found: Scarcity[] = [];
  if (limit !== undefined && limit < ownFiles) {
    const mend = 'Raise the limit (LimitNOFILE= of systemd, --ulimit nofile= of a container).';
    found.push({ says: `Only ${limit} files may be open: a browser cannot start.`, mend });
  }
  const { bavail, bsize } = statfsSync(temporary);
  const free = Math.floor((bavail * bsize) / 1_000_000);
  if (free < leastTemporaryMB) {
    const mend = `Free some space, or set TMPDIR to a folder that has ${leastTemporaryMB} MB.`;
    found.push({
      says: `Only ${free} MB are free for temporary files in ${temporary}: the browsers' profiles do not fit.`,
      mend,
    });
  }
  return found;
}
