import { Queue } from '../concurrency/queue.ts';
import type { ReadDocument } from '../model/document.ts';
import type { HeaderLines } from '../model/policy.ts';
import { stopping } from '../model/problem.ts';
import { type Milliseconds, milliseconds } from '../model/units.ts';
import { readDocument } from './read-document.ts';
import { ReadingThread } from './reading-thread.ts';

export interface DocumentReaderOptions {
  /** Documents that may wait to be read. */
  readonly queueLimit: number;
  /** The longest that one reading may take. */
  readonly deadline?: Milliseconds;
}

// Read within 5 ms, whatever it holds; the way to the thread and back would take as long for most.
const readAtOnce = 65_536;
// The heaviest document of 10 MB takes 0.3 s on a machine with nothing else to do.
const defaultDeadline = milliseconds(5000);

/**
 * Reads documents where that cannot hold up who waits for something else: short ones at once, others one after the other in
 * a thread of their own, which starts with the first one. A reading that does not end is ended with its thread.
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
   * What is to be known of a document; undefined where it cannot be read in time.
   * @param bytes its own memory is best, which is then shared with the thread and not copied.
   * @param partition whose document it is: those who wait take turns.
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
