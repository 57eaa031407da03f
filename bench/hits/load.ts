import { spawnSync } from 'node:child_process';
import { programNamed } from '../processes.ts';
import { type Summary, summarise } from '../statistics.ts';

const connections = 32;
const rounds = 9;
const secondsOfLoad = 1;

/** Something that answers requests in processes of its own. */
export interface Served extends AsyncDisposable {
  readonly url: string;
  /** CPU time of its processes so far. */
  cpuMs(): number;
}

/** What requests to one of several cost, measured in turns. */
export interface Cost {
  readonly perSecond: Summary;
  /** CPU time of the server for each request, in microseconds. */
  readonly cpu: Summary;
  /** CPU time beside that of the second one, round by round: what else the machine does is in both. */
  readonly ratio: Summary;
}

/** Where `wrk` lies; undefined where it is not installed. */
export const wrk = programNamed('wrk');

/**
 * The same load for each, in turns.
 * @param script of wrk, which makes the requests.
 */
export function costs(served: readonly Served[], script?: string): Cost[] {
  const all = served.map((one) => ({ one, cpu: [] as number[], perSecond: [] as number[] }));
  for (const { one } of all) load(one, 2 * secondsOfLoad, script); // warm
  for (let round = 0; round < rounds; round++) {
    for (const { one, cpu, perSecond } of round % 2 === 0 ? all : all.toReversed()) {
      const measured = load(one, secondsOfLoad, script);
      cpu.push(measured.cpu);
      perSecond.push(measured.perSecond);
    }
  }
  const [, beside] = all;
  return all.map(({ cpu, perSecond }) => ({
    perSecond: summarise(perSecond),
    cpu: summarise(cpu),
    ratio: summarise(cpu.map((each, round) => each / (beside?.cpu[round] ?? Number.NaN))),
  }));
}

function load({ url, cpuMs }: Served, seconds: number, script: string | undefined) {
  const before = cpuMs();
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, ...(script === undefined ? [] : ['-s', script]), url];
  const { stdout } = spawnSync(wrk ?? 'wrk', args, { encoding: 'utf8' });
  if (/Non-2xx/.test(stdout)) throw new Error(`The load got errors:\n${stdout}`);
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    cpu: ((cpuMs() - before) * 1000) / requests,
  };
}
