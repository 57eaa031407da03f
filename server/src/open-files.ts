import { readFileSync } from 'node:fs';

// The database, the log, the pipes of a start, the fetcher's idle connections, and those of Node itself.
const ownFiles = 150;
// A renderer's: pipes, a port for each website that it keeps, and both sides of each connection of the page that it draws.
const filesOfARenderer = 250;
// A client's own, and one to the website whose page it asks for.
const filesOfAConnection = 2;
// Fewer are no service; who allows so few files is told so.
const leastConnections = 16;

/** How many files and sockets this process may have open; undefined where nobody says. Node has raised it as far as it may. */
export function openFilesLimit(): number | undefined {
  try {
    const found = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return found === undefined || found === 'unlimited' ? undefined : Number(found);
  } catch {
    return undefined; // not Linux: ten thousand and more
  }
}

/** The connections that leave enough files for everything else: a card needs some of them after its request was taken. */
export function connectionsWithin(limit: number | undefined, asked: number, renderers: number): number {
  if (limit === undefined) return asked;
  const left = Math.floor((limit - ownFiles - filesOfARenderer * renderers) / filesOfAConnection);
  return Math.min(asked, Math.max(leastConnections, left));
}
