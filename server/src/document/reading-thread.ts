import { Worker } from 'node:worker_threads';
import type { DocumentReading, ReadDocument } from '../model/document.ts';
import type { HeaderLines } from '../model/policy.ts';
import { startTimeout } from '../model/timeout.ts';
import type { Milliseconds } from '../model/units.ts';

/** The message to the thread. */
export interface ReadingRequest {
  readonly bytes: Uint8Array;
  readonly headers: HeaderLines;
}

/** The thread's reply; `converted` where the bytes were not in an ASCII-compatible encoding. */
export interface ReadingAnswer {
  readonly reading: DocumentReading;
  readonly converted: Uint8Array | undefined;
}

// Ten times what the largest document needs.
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** A thread that reads one document at a time. */
export class ReadingThread {
  readonly #worker: Worker;

  constructor() {
    this.#worker = new Worker(new URL('./read-in-thread.ts', import.meta.url), { resourceLimits });
    this.#worker.on('error', () => {}); // reported to the caller in `read`
    this.#worker.unref();
  }

  /** Undefined if the thread does not reply in time or exits; it cannot be used again then. */
  async read(bytes: Buffer, headers: HeaderLines, deadline: Milliseconds): Promise<ReadDocument | undefined> {
    const { promise, resolve } = Promise.withResolvers<ReadingAnswer | undefined>();
    using _ = startTimeout(deadline, () => resolve(undefined));
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
      this.#worker.unref();
      this.#worker.off('message', resolve).off('exit', ended);
    }
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
