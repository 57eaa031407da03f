import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type Row, summarise } from './statistics.ts';
import { type Usage, usageOf } from './usage.ts';

const renders = 2000;
const settled = 200;
// A page grows until it is replaced after fifty drawings, so a single look would depend on its age.
const looksAt = { last: 100, every: 4 };

/** What the service and its browser hold after their first 200 renders and after 2,000 more, and what they take at rest. */
export async function benchMemory(service: string, pid: number): Promise<Row[]> {
  const draw = async (from: number, to: number): Promise<Usage[]> => {
    const usages: Usage[] = [];
    for (let n = from; n < to; n += 2) {
      const both = [n, n + 1].map((m) => fetch(`${service}/cold/memory-${m}`));
      for (const response of await Promise.all(both)) {
        if (!response.ok) throw new Error(`The card answers ${response.status}.`);
        await response.arrayBuffer();
      }
      if (n >= to - looksAt.last && n % looksAt.every === 0) usages.push(usageOf(pid));
    }
    return usages;
  };
  const profiles = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`ogplus-browser-${pid}-`)).length;
  const early = await draw(0, settled);
  const earlyProfiles = profiles();
  const late = await draw(settled, settled + renders);
  const row = (what: string, ours: number, theirs: number): Row => ({
    what: `${what} after ${renders} more renders`,
    ours: ours.toFixed(0),
    theirs: `after the first ${settled} ${theirs.toFixed(0)}`,
    ratio: (ours / theirs).toFixed(2),
    aim: 'flat',
  });
  const rowOf = (what: string, of: keyof Usage) => {
    const median = (usages: Usage[]) => summarise(usages.map((usage) => usage[of])).median;
    return row(what, median(late), median(early));
  };
  return [
    rowOf('memory of the service (MB)', 'service'),
    rowOf('memory of the browsers (MB)', 'browser'),
    rowOf('processes', 'processes'),
    rowOf('open files of the service', 'handles'),
    row('profile folders', profiles(), earlyProfiles),
    await atRest(() => usageOf(pid).coreTime),
  ];
}

/** What the browsers take of a core while nothing is drawn. */
async function atRest(coreTime: () => number): Promise<Row> {
  const seconds = 5;
  await pause(2000); // what was drawn last is cleared away
  const before = coreTime();
  await pause(seconds * 1000);
  const used = (coreTime() - before) / seconds;
  return {
    what: 'the browsers at rest (ms of a core a second)',
    ours: used.toFixed(0),
    theirs: '',
    ratio: '',
    aim: '≤ 10',
  };
}
