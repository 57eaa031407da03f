import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { textOf } from './process-table.ts';

// User ids that no other program uses, without an account. systemd assigns nothing from 60578 to 61183 (systemd.io,
// "Users, Groups, UIDs and GIDs").
const first = 61_100;
const last = 61_183;

/**
 * A user id for one browser alone. The kernel counts processes and threads by user, so that no browser exhausts the limit of
 * another browser or service, and none can signal another's processes. Two services that start browsers at the same
 * moment may get the same id, which they then share.
 */
export function unusedUser(): number {
  const taken = usersOfProcesses();
  const all = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const free = all.filter((user) => !taken.has(user));
  const choice = free.length > 0 ? free : all;
  return choice[randomInt(choice.length)] ?? first;
}

/** Without `/proc`, any of them may be used. */
function usersOfProcesses(): Set<number> {
  const users = new Set<number>();
  for (const name of processNames()) {
    const user = /^Uid:\s+(\d+)/m.exec(textOf(`/proc/${name}/status`))?.[1];
    if (user !== undefined) users.add(Number(user));
  }
  return users;
}

function processNames(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d/.test(name));
  } catch {
    return [];
  }
}
