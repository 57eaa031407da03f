import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { coreTime, processTree, residentMB } from './processes.ts';
import type { Row } from './statistics.ts';

const renders = 2000;
const settled = 200;

interface Held {
  readonly service: number;
  readonly browser: number;
  readonly processes: number;
  readonly files: number;
  readonly profiles: number;
}

/** What the service and its browser hold after their first 200 renders, and after 2,000 more. */
export async function benchMemory(service: string, pid: number): Promise<Row[]> {
  const draw = async (from: number, count: number): Promise<void> => {
    for (let n = from; n < from + count; n += 2) {
      const both = [n, n + 1].map((m) => fetch(`${service}/cold/memory-${m}`));
      for (const response of await Promise.all(both)) {
        if (!response.ok) throw new Error(`The card answers ${response.status}.`);
        await response.arrayBuffer();
      }
    }
  };
  await draw(0, settled);
  const early = held(pid);
  await draw(settled, renders);
  const late = held(pid);
  const row = (what: string, of: keyof Held, aim: string): Row => ({
    what: `${what} after ${renders} more renders`,
    ours: late[of].toFixed(0),
    theirs: `after the first ${settled} ${early[of].toFixed(0)}`,
    ratio: (late[of] / early[of]).toFixed(2),
    aim,
  });
  return [
    row('memory of the service (MB)', 'service', 'flat'),
    row('memory of the browser (MB)', 'browser', 'flat'),
    row('processes of the browser', 'processes', 'flat'),
    row('open files of the service', 'files', 'flat'),
    row('profile folders', 'profiles', 'flat'),
    await atRest(pid),
  ];
}

/** What the browser takes of a core while nothing is drawn. */
async function atRest(pid: number): Promise<Row> {
  const seconds = 5;
  const used = () =>
    processTree(pid)
      .slice(1)
      .reduce((sum, id) => sum + coreTime(id), 0);
  await pause(2000); // what was drawn last is cleared away
  const before = used();
  await pause(seconds * 1000);
  return {
    what: 'the browser at rest (ms of a core a second)',
    ours: ((used() - before) / seconds).toFixed(0),
    theirs: '',
    ratio: '',
    aim: '≤ 1',
  };
}

function held(pid: number): Held {
  const [, ...browser] = processTree(pid);
  return {
    service: residentMB(pid),
    // Shared pages are counted in each process: more than there is, by the same amount each time.
    browser: browser.reduce((sum, id) => sum + residentMB(id), 0),
    processes: browser.length,
    files: readdirSync(`/proc/${pid}/fd`).length,
    profiles: readdirSync(tmpdir()).filter((name) => name.startsWith(`ogplus-browser-${pid}-`)).length,
  };
}
