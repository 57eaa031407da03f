import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuOf } from './hits/cpu.ts';
import { pathOf, startUntil } from './processes.ts';
import { type Row, show, summarise, timed } from './statistics.ts';
import { usageOf } from './usage.ts';

const rounds = 5;
// What starting left to do is done by then.
const settledMs = 3000;

/** The program as it is installed, built anew, and as it lies in the repository. */
export function programs() {
  execFileSync(process.execPath, [pathOf('../server/build/build.mjs')], { stdio: 'inherit' });
  return {
    packed: pathOf('../server/dist/main.js'),
    sources: pathOf('../server/bin/ogplus.js'),
  };
}

/** What the service takes to start, and the memory that it holds when nobody asks for anything. */
export async function benchAtRest({ packed, sources }: ReturnType<typeof programs>): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-rest-'));
  try {
    await startOnce(packed, folder); // makes the data folder, and keeps what was compiled
    await startOnce(sources, folder);
    const runs = { packed: [] as Start[], sources: [] as Start[] };
    for (let round = 0; round < rounds; round++) {
      runs.packed.push(await startOnce(packed, folder));
      runs.sources.push(await startOnce(sources, folder));
    }
    const row = (what: string, of: keyof Start, aim: string): Row => {
      const [ours, theirs] = [runs.packed, runs.sources].map((starts) =>
        show(summarise(starts.map((start) => start[of])), 0),
      );
      return { what, ours: ours ?? '', theirs: `from the sources ${theirs}`, ratio: '', aim };
    };
    return [
      row('memory of the service at rest (MB)', 'memory', '≤ 130'),
      row('of that, its own (MB)', 'own', ''),
      row('start until it listens (ms)', 'ms', ''),
      row('CPU time of the start (ms)', 'cpuMs', ''),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Start {
  readonly ms: number;
  readonly cpuMs: number;
  readonly memory: number;
  readonly own: number;
}

async function startOnce(program: string, folder: string): Promise<Start> {
  const env = {
    OGPLUS_DATA_DIR: join(folder, 'data'),
    OGPLUS_PORT: '0',
    OGPLUS_LOG_LEVEL: 'warn',
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  };
  const start = () => startUntil(process.execPath, [program, 'serve'], env, /ready at (\S+)/);
  let started: Awaited<ReturnType<typeof start>> | undefined;
  const ms = await timed(async () => {
    started = await start();
  });
  if (started === undefined) throw new Error('It did not start.');
  await using service = started;
  const { pid = 0 } = service.child;
  const cpuMs = cpuOf(pid);
  await pause(settledMs);
  const { service: memory, own } = usageOf(pid);
  return { ms, cpuMs, memory, own };
}
