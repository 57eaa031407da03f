import { parentPort } from 'node:worker_threads';
import { spawnBrowser } from './spawn-browser.ts';
import type { StartAnswer, StartRequest } from './starting-thread.ts';

// Runs in the thread of `StartingThread`.
const say = (answer: StartAnswer) => parentPort?.postMessage(answer);

parentPort?.on('message', ({ id, start }: StartRequest) => {
  spawnBrowser(start, (code) => say({ kind: 'ended', id, code })).then(
    (spawned) => say({ kind: 'started', id, spawned }),
    (error) => say({ kind: 'failed', id, message: error.message, code: error.code }),
  );
});
