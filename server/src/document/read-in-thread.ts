import { parentPort } from 'node:worker_threads';
import { readDocument } from './read-document.ts';
import type { ReadingAnswer, ReadingRequest } from './reading-thread.ts';

// Runs in the thread of `ReadingThread`.
parentPort?.on('message', ({ bytes, headers }: ReadingRequest) => {
  const { body, charset, reading } = readDocument(bytes, headers);
  if (charset === undefined) {
    parentPort?.postMessage({ reading, converted: undefined } satisfies ReadingAnswer);
    return;
  }
  const converted = new Uint8Array(body); // memory of its own, which can be transferred
  parentPort?.postMessage({ reading, converted } satisfies ReadingAnswer, [converted.buffer]);
});
