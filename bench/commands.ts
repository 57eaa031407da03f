import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { programs } from './at-rest.ts';
import { type Row, show, summarise } from './statistics.ts';

const rounds = 7;
// The shell counts in hundredths of a second.
const callsInARound = 5;

/** What commands take that people and scripts call often. */
export function benchCommands({ packed, sources }: ReturnType<typeof programs>): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-commands-'));
  const env = {
    ...process.env,
    OGPLUS_DATA_DIR: join(folder, 'data'),
    OGPLUS_SERVICE: 'none',
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  };
  const ask = (program: string, args: string) => {
    const calls = `"${process.execPath}" "${program}" ${args} >/dev/null 2>&1;`.repeat(callsInARound);
    const started = performance.now();
    const output = execFileSync('bash', ['-c', `${calls} times`], { env, encoding: 'utf8' });
    const ms = (performance.now() - started) / callsInARound;
    // The second line is of the shell's children: user and system.
    const spent = [...(output.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
    const seconds = spent.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0);
    return { ms, cpuMs: (seconds * 1000) / callsInARound };
  };
  try {
    return [
      { command: '--version', aim: '≤ 300' },
      { command: 'site list', aim: '≤ 500' },
    ].flatMap(({ command, aim }) => {
      const runs = { packed: [] as ReturnType<typeof ask>[], sources: [] as ReturnType<typeof ask>[] };
      for (let round = 0; round <= rounds; round++) {
        const [one, other] = [ask(packed, command), ask(sources, command)];
        if (round === 0) continue; // it compiles
        runs.packed.push(one);
        runs.sources.push(other);
      }
      const row = (what: string, of: 'ms' | 'cpuMs', its: string): Row => ({
        what: `${what} of "ogplus ${command}" (ms)`,
        ours: show(summarise(runs.packed.map((run) => run[of])), 0),
        theirs: `from the sources ${show(summarise(runs.sources.map((run) => run[of])), 0)}`,
        ratio: '',
        aim: its,
      });
      return [row('time', 'ms', aim), row('CPU time', 'cpuMs', '')];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
