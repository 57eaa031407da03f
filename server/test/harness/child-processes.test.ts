import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { endWithTests } from './child-processes.ts';
import { until } from './until.ts';

const runner = fileURLToPath(new URL('../../../test/run.ts', import.meta.url));
const { NODE_TEST_CONTEXT: _, ...env } = process.env;

/** Runs a test file of the folder `processes` as `npm test` does. */
async function runTests(file: string, ...flags: string[]): Promise<{ code: unknown; output: string }> {
  const path = fileURLToPath(new URL(`processes/${file}`, import.meta.url));
  const run = endWithTests(spawn(process.execPath, [runner, ...flags, path], { env, detached: true }));
  const ended = new Promise((resolve) => run.once('close', resolve));
  const output = (await Promise.all([text(run.stdout), text(run.stderr)])).join('');
  return { code: await ended, output };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a run of the tests', () => {
  it('ends, and ends what they started, where a test fails or never ends', async () => {
    const { code, output } = await runTests('leave-a-process.ts', '--timeout=4000');
    assert.equal(code, 1);
    assert.match(output, /timed out after 4000ms/);
    const started = [...output.matchAll(/started (\d+)/g)].map(([, pid]) => Number(pid));
    assert.equal(started.length, 2);
    await until('their processes are gone', () => !started.some(isRunning));
  });

  it('reports every test, however long its report is', async () => {
    const { code, output } = await runTests('long-report.ts');
    assert.equal(code, 1);
    assert.match(output, /^ℹ tests 1000$/m);
    assert.match(output, /^ℹ fail 1000$/m);
  });

  it('is what `npm test` starts', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
    assert.match(scripts.test, /exec node test\/run\.ts --concurrency=\d+ '/);
  });
});
