import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../abuse/client.ts';
import { pathOf, startUntil } from '../processes.ts';

export interface SlowCard {
  readonly page: string;
  readonly status: number;
  readonly milliseconds: number;
  /** `Server-Timing`: what the service says that it took. */
  readonly timing: string;
}

/** What visitors of the quiet websites saw. */
export class Seen {
  /** Milliseconds of each answer. */
  readonly kept: number[] = [];
  readonly cold: number[] = [];
  /** Those of a server that does nothing, in a process of its own, asked in the same moments: the machine's own noise. */
  readonly noise: number[] = [];
  /** Those of one in the visitors' own process, which waits for a core once only. */
  readonly visitors: number[] = [];
  /** What did not go as it must. */
  readonly failed = new Map<string, number>();
  /** Cold cards that took long, or did not come. */
  readonly slow: SlowCard[] = [];

  fail(what: string): void {
    this.failed.set(what, (this.failed.get(what) ?? 0) + 1);
  }
}

export interface Website {
  readonly host: string;
  /** The pictures that it had at the start, by path. */
  readonly etags: Map<string, string>;
}

export const keptPaths = ['/kept-0', '/kept-1', '/kept-2', '/kept-3', '/kept-4'];
const keptEveryMs = 100;
const coldEveryMs = 3000;
// The service logs what a render of this length went through.
const slowMs = 5000;

let asked = 0;

/** Asks for kept and cold cards of each website as its visitors do, until the signal. */
export async function visit(service: string, websites: readonly Website[], signal: AbortSignal): Promise<Seen> {
  const seen = new Seen();
  await using idle = await startUntil(process.execPath, [pathOf('./siege/idle-server.ts')], {}, /^(\d+)\n/);
  const own = createServer((_, res) => void res.end('x'));
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const nothing = [
    { port: Number(idle.match[1]), times: seen.noise },
    { port: (own.address() as AddressInfo).port, times: seen.visitors },
  ];
  const repeat = async (every: number, ask: (n: number) => Promise<void>) => {
    for (let n = 0; !signal.aborted; n++) {
      const started = performance.now();
      await ask(n);
      await pause(Math.max(0, every - (performance.now() - started)));
    }
  };
  const each = websites.flatMap(({ host, etags }, at) => {
    const client = new Client(service, host, `127.0.3.${at + 1}`);
    return [
      repeat(keptEveryMs, async (n) => {
        const path = keptPaths[n % keptPaths.length] ?? '';
        const { status, cacheStatus, etag, milliseconds } = await client.ask(path);
        seen.kept.push(milliseconds);
        if (status !== 200 || !cacheStatus.includes('hit')) seen.fail(`kept ${status} ${cacheStatus}`);
        else if (etag !== etags.get(path)) seen.fail('kept: another picture');
      }),
      repeat(coldEveryMs, async () => {
        const page = `/cold-${asked++}`;
        const { status, cacheStatus, milliseconds, timing } = await client.ask(page);
        if (status === 200) seen.cold.push(milliseconds);
        else seen.fail(`cold ${status} ${cacheStatus}`);
        if (milliseconds > slowMs || status !== 200) seen.slow.push({ page, status, milliseconds, timing });
      }),
    ];
  });
  const noise = nothing.map(async ({ port, times }) => {
    const client = new Client(`http://127.0.0.1:${port}`, 'localhost', '127.0.3.9');
    await repeat(keptEveryMs, async () => void times.push((await client.ask('/')).milliseconds));
    client.end();
  });
  await Promise.all([...each, ...noise]);
  own.closeAllConnections();
  own.close();
  return seen;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
