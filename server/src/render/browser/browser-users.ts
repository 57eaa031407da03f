import { randomInt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

// Users of no other program, by number: no account has to be made. systemd leaves 60578 to 61183 to nothing (systemd.io,
// "Users, Groups, UIDs and GIDs").
const first = 61_100;
const last = 61_183;

/**
 * A user for one browser alone: the kernel counts processes and threads by user, so that no browser takes those of another
 * one or of another service, and none reaches the processes of another. Two services that start browsers in the same moment
 * may get the same one, which they then share.
 */
export async function unusedUser(): Promise<number> {
  const taken = await usersOfProcesses();
  const all = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const free = all.filter((user) => !taken.has(user));
  const choice = free.length > 0 ? free : all;
  return choice[randomInt(choice.length)] ?? first;
}

/** Where `/proc` does not tell, any of them may be taken. One after the other: kept cards are sent meanwhile. */
async function usersOfProcesses(): Promise<Set<number>> {
  const users = new Set<number>();
  const names = await readdir('/proc').catch(() => []);
  for (const name of names.filter((one) => /^\d/.test(one))) {
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => ''); // it ended in this moment
    const user = /^Uid:\s+(\d+)/m.exec(status)?.[1];
    if (user !== undefined) users.add(Number(user));
  }
  return users;
}
