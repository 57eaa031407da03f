import { Worker } from 'node:worker_threads';
import type { DocumentReading, ReadDocument } from '../model/document.ts';
import type { HeaderLines } from '../model/policy.ts';
import type { Milliseconds } from '../model/units.ts';

/** What the thread is asked for. */
export interface ReadingRequest {
  readonly bytes: Uint8Array;
  readonly headers: HeaderLines;
}

/** What it answers; `converted` where the bytes were not in an encoding like ASCII. */
export interface ReadingAnswer {
  readonly reading: DocumentReading;
  readonly converted: Uint8Array | undefined;
}

// Ten times what the heaviest document takes.
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** A thread that reads one document at a time. */
export class ReadingThread {
  readonly #worker: Worker;

  constructor() {
    this.#worker = new Worker(new URL('./read-in-thread.ts', import.meta.url), { resourceLimits });
    this.#worker.on('error', () => {}); // told to who waits for it, in `read`
    this.#worker.unref();
  }

  /** Undefined where it does not answer in time, or ended: it is of no use then. */
  async read(bytes: Buffer, headers: HeaderLines, deadline: Milliseconds): Promise<ReadDocument | undefined> {
    const { promise, resolve } = Promise.withResolvers<ReadingAnswer | undefined>();
    const timer = setTimeout(() => resolve(undefined), deadline);
    const ended = () => resolve(undefined);
    this.#worker.once('message', resolve).once('exit', ended);
    this.#worker.ref();
    try {
      this.#worker.postMessage({ bytes, headers: headers.filter(([name]) => name === 'content-type') });
      const answer = await promise;
      if (answer === undefined) return undefined;
      const { reading, converted } = answer;
      if (converted === undefined) return { body: bytes, charset: undefined, reading };
      return { body: Buffer.from(converted.buffer, converted.byteOffset, converted.length), charset: 'utf-8', reading };
    } finally {
      clearTimeout(timer);
      this.#worker.unref();
      this.#worker.off('message', resolve).off('exit', ended);
    }
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
