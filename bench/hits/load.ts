import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pathOf, programNamed } from '../processes.ts';
import { type Summary, summarise } from '../statistics.ts';

const connections = 32;
// Short samples, so that what else the machine does disturbs few of them.
const samples = 40;
const requestsInASample = 1000;
const warmUp = 10_000;
const rounds = 3;

/** Something that answers requests in processes of its own. */
export interface Served extends AsyncDisposable {
  readonly url: string;
  /** CPU time of its processes so far. */
  cpuMs(): number;
}

/**
 * CPU time of the server for each request, in microseconds, of several in turns.
 * @param pages appended to the addresses as numbers, one after the other; none by default.
 */
export async function cpuTimes(served: readonly Served[], pages = 0): Promise<Summary[]> {
  const all = served.map((one) => ({ one, client: startClient(one.url, pages), cpu: [] as number[] }));
  try {
    for (const { client } of all) await client.ask(warmUp);
    for (let sample = 0; sample < samples; sample++) {
      for (const { one, client, cpu } of sample % 2 === 0 ? all : all.toReversed()) {
        const before = one.cpuMs();
        await client.ask(requestsInASample);
        cpu.push(((one.cpuMs() - before) * 1000) / requestsInASample);
      }
    }
  } finally {
    for (const { client } of all) client.end();
  }
  return all.map(({ cpu }) => summarise(cpu));
}

/** Requests a second, by `wrk`; undefined where it is not installed. */
export function rates(served: readonly Served[]): Summary[] | undefined {
  const wrk = programNamed('wrk');
  if (wrk === undefined) return undefined;
  const all = served.map(({ url }) => ({ url, perSecond: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const { url, perSecond } of all) {
      const { stdout } = spawnSync(wrk, ['-t1', `-c${connections}`, '-d1s', url], { encoding: 'utf8' });
      if (/Non-2xx/.test(stdout)) throw new Error(`The load got errors:\n${stdout}`);
      perSecond.push(Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]));
    }
  }
  return all.map(({ perSecond }) => summarise(perSecond));
}

function startClient(url: string, pages: number) {
  const args = [pathOf('./hits/client.ts'), url, String(connections), String(pages)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(requests: number): Promise<void> {
      child.stdin.write(`${requests}\n`);
      if ((await lines.next()).done === true) throw new Error(`The client of ${url} ended.`);
    },
    end: () => child.stdin.end(),
  };
}
