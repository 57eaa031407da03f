// A test file of which one test fails and one never ends, each with a process that it started and left running.
import { spawn } from 'node:child_process';
import { it } from 'node:test';
import { endWithTests } from '../child-processes.ts';

function start(): void {
  const wait = ['-e', 'setInterval(() => {}, 1000)'];
  const child = endWithTests(spawn(process.execPath, wait, { stdio: ['ignore', 'pipe', 'pipe'] }));
  process.stderr.write(`started ${child.pid}\n`);
}

it('fails', () => {
  start();
  throw new Error('no');
});

it('never ends', async () => {
  start();
  await new Promise(() => {});
});
