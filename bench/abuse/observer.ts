import { setTimeout as pause } from 'node:timers/promises';
import { Client } from './client.ts';

export interface Observed {
  /** Milliseconds of each answer. */
  readonly fresh: number[];
  readonly cold: number[];
  /** What did not go as it must, by what was answered. */
  readonly failed: Map<string, number>;
}

// A crawler of a quiet website: some cards that are kept, now and then one that is new.
const freshEveryMs = 100;
const coldEveryMs = 5000;

/** Asks for a website's cards as its visitors do, until the signal. */
export async function observe(service: string, host: string, signal: AbortSignal, round: string): Promise<Observed> {
  const observed: Observed = { fresh: [], cold: [], failed: new Map() };
  const client = new Client(service, host, '127.0.3.1');
  const repeat = async (every: number, ask: (n: number) => Promise<void>) => {
    for (let n = 0; !signal.aborted; n++) {
      const started = performance.now();
      await ask(n);
      await pause(Math.max(0, every - (performance.now() - started)));
    }
  };
  const note = (what: string) => observed.failed.set(what, (observed.failed.get(what) ?? 0) + 1);
  await Promise.all([
    repeat(freshEveryMs, async (n) => {
      const { status, cacheStatus, milliseconds } = await client.ask(`/kept-${n % 5}`);
      if (status === 200 && cacheStatus.includes('hit')) observed.fresh.push(milliseconds);
      else note(`fresh ${status} ${cacheStatus}`);
    }),
    repeat(coldEveryMs, async (n) => {
      const { status, cacheStatus, milliseconds } = await client.ask(`/cold-${round}-${n}`);
      if (status === 200) observed.cold.push(milliseconds);
      else note(`cold ${status} ${cacheStatus}`);
    }),
  ]);
  client.end();
  return observed;
}
