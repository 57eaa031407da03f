import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { endWithTests } from './child-processes.ts';
import { until } from './until.ts';

const file = fileURLToPath(new URL('processes/leave-a-process.ts', import.meta.url));
const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  scripts: Record<string, string>;
};

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a run of the tests', () => {
  it('ends, and ends what they started, where a test fails or never ends', async () => {
    // As `npm test` says it, with less time.
    const flags = scripts['test']?.match(/--test-(?:timeout|force-exit)\S*/g) ?? [];
    const quick = flags.map((flag) => flag.replace(/timeout=\d+/, 'timeout=1000'));
    assert.equal(quick.length, 2);
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const run = endWithTests(spawn(process.execPath, ['--test', ...quick, file], { env, detached: true }));
    const ended = new Promise((resolve) => run.once('close', resolve));
    const output = (await Promise.all([text(run.stdout), text(run.stderr)])).join('');
    assert.equal(await ended, 1);
    assert.match(output, /timed out after 1000ms/);
    const started = [...output.matchAll(/started (\d+)/g)].map(([, pid]) => Number(pid));
    assert.equal(started.length, 2);
    await until('their processes are gone', () => !started.some(isRunning));
  });
});
