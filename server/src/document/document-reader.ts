import { Queue } from '../concurrency/queue.ts';
import type { ReadDocument } from '../model/document.ts';
import type { HeaderLines } from '../model/policy.ts';
import { stopping } from '../model/problem.ts';
import { type Milliseconds, milliseconds } from '../model/units.ts';
import { readDocument } from './read-document.ts';
import { ReadingThread } from './reading-thread.ts';

export interface DocumentReaderOptions {
  /** How many documents may wait. */
  readonly queueLimit: number;
  /** The longest time for one document. */
  readonly deadline?: Milliseconds;
}

// Read within 5 ms, whatever it contains; for most, a round trip to the thread takes as long.
const readAtOnce = 65_536;
// The slowest document of 10 MB takes 0.3 s on an idle machine.
const defaultDeadline = milliseconds(5000);

/**
 * Reads documents without blocking other work: short ones at once, others one after the other in a thread of their own,
 * started with the first. A reading that takes too long is ended with its thread.
 */
export class DocumentReader implements AsyncDisposable {
  readonly #queue: Queue;
  readonly #deadline: Milliseconds;
  #thread: ReadingThread | undefined;
  #isStopped = false;

  constructor({ queueLimit, deadline = defaultDeadline }: DocumentReaderOptions) {
    this.#queue = new Queue(1, queueLimit);
    this.#deadline = deadline;
  }

  /**
   * Reads a document; undefined if it takes too long.
   * @param bytes if they own their memory, it is shared with the thread instead of copied.
   * @param partition whose document it is: partitions take turns.
   * @throws {Problem} `queue-full`, `stopping`.
   */
  async read(bytes: Buffer, headers: HeaderLines, partition: string): Promise<ReadDocument | undefined> {
    if (bytes.length <= readAtOnce) return readDocument(bytes, headers);
    return this.#queue.run(() => this.#inThread(bytes, headers), { partition });
  }

  async #inThread(bytes: Buffer, headers: HeaderLines): Promise<ReadDocument | undefined> {
    if (this.#isStopped) throw stopping();
    const thread = this.#thread ?? new ReadingThread();
    this.#thread = thread;
    const read = await thread.read(bytes, headers, this.#deadline);
    if (read === undefined) {
      this.#thread = undefined;
      await thread.stop();
      if (this.#isStopped) throw stopping();
    }
    return read;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopped = true;
    this.#queue.stop();
    await this.#thread?.stop();
  }
}
