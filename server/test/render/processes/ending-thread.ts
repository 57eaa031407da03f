// The thread that starts browsers; it ends where the browser is to be the program `end`.
import { parentPort } from 'node:worker_threads';
import type { StartRequest } from '../../../src/render/browser/process/starting-thread.ts';

parentPort?.on('message', ({ start }: StartRequest) => {
  if (start.path === 'end') process.exit();
});
await import('../../../src/render/browser/process/start-in-thread.ts');
