import { residentMB } from './processes.ts';
import type { Row } from './statistics.ts';

const renders = 1000;
const settled = 200;

/** Resident memory of the service after its first 200 renders and after 1,000 more. */
export async function benchMemory(service: string, host: string, pid: number): Promise<Row[]> {
  const rest = residentMB(pid);
  const draw = async (from: number, count: number): Promise<void> => {
    for (let n = from; n < from + count; n += 2) {
      const both = [n, n + 1].map((m) => fetch(`${service}/cold/memory-${m}`, { headers: { host } }));
      for (const response of await Promise.all(both)) {
        if (!response.ok) throw new Error(`The card answers ${response.status}.`);
        await response.arrayBuffer();
      }
    }
  };
  const started = performance.now();
  await draw(0, settled);
  const early = residentMB(pid);
  await draw(settled, renders);
  const late = residentMB(pid);
  const perSecond = (settled + renders) / ((performance.now() - started) / 1000);
  return [
    {
      what: `memory of the service after ${renders} more renders (MB)`,
      ours: late.toFixed(0),
      theirs: `after the first ${settled} ${early.toFixed(0)}, at rest ${rest.toFixed(0)}`,
      ratio: (late / early).toFixed(2),
      aim: 'no growth',
    },
    { what: 'renders a second, two at a time', ours: perSecond.toFixed(1), theirs: '', ratio: '', aim: '' },
  ];
}
