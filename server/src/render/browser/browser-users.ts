import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

// Users of no other program, by number: no account has to be made. systemd leaves 60578 to 61183 to nothing (systemd.io,
// "Users, Groups, UIDs and GIDs").
const first = 61_100;
const last = 61_183;

/**
 * A user for one browser alone: the kernel counts processes and threads by user, so that no browser takes those of another
 * one or of another service, and none reaches the processes of another. Two services that start browsers in the same moment
 * may get the same one, which they then share.
 */
export function unusedUser(): number {
  const taken = usersOfProcesses();
  const all = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const free = all.filter((user) => !taken.has(user));
  const choice = free.length > 0 ? free : all;
  return choice[randomInt(choice.length)] ?? first;
}

/** Where `/proc` does not tell, any of them may be taken. */
function usersOfProcesses(): Set<number> {
  const users = new Set<number>();
  for (const name of entriesOf('/proc')) {
    const user = /^\d/.test(name) ? /^Uid:\s+(\d+)/m.exec(textOf(`/proc/${name}/status`))?.[1] : undefined;
    if (user !== undefined) users.add(Number(user));
  }
  return users;
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process ended in this moment
  }
}
