import { rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { signalGroup } from './signal-group.ts';
import type { BrowserStart, SpawnedBrowser } from './spawn-browser.ts';
import { failedStart, type StartedBrowser, type StartFailure, type StartsBrowser } from './started-browser.ts';

/** The message to the thread. */
export interface StartRequest {
  readonly id: number;
  readonly start: BrowserStart;
}

/** The thread's messages: `ended` comes once for each that started. */
export type StartAnswer =
  | { readonly kind: 'started'; readonly id: number; readonly spawned: SpawnedBrowser }
  | ({ readonly kind: 'failed'; readonly id: number } & StartFailure)
  | { readonly kind: 'ended'; readonly id: number; readonly code: number | null };

interface Asked {
  readonly start: BrowserStart;
  readonly started: PromiseWithResolvers<StartedBrowser>;
  readonly ended: PromiseWithResolvers<number | null>;
  pid: number | undefined;
}

const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 };

/**
 * A thread that starts browsers and hears of their ends: whoever starts a process waits until it runs its program, and cards are
 * sent meanwhile. It takes 10 MB, and begins with the first start.
 */
export class StartingThread {
  readonly #asked = new Map<number, Asked>();
  #worker: Worker | undefined;
  #lastId = 0;
  #isStopping = false;
  readonly #program: URL;

  constructor(program = new URL('./start-in-thread.ts', import.meta.url)) {
    this.#program = program;
  }

  readonly start: StartsBrowser = (start) => {
    const id = ++this.#lastId;
    const asked: Asked = {
      start,
      started: Promise.withResolvers(),
      ended: Promise.withResolvers(),
      pid: undefined,
    };
    this.#asked.set(id, asked);
    this.#worker ??= this.#begin();
    this.#worker.ref();
    this.#worker.postMessage({ id, start } satisfies StartRequest);
    return asked.started.promise;
  };

  /** Ends it with its last browser. */
  stop(): void {
    this.#isStopping = true;
    this.#rest();
  }

  #begin(): Worker {
    // Another thread closes the browser's pipes.
    const worker = new Worker(this.#program, { resourceLimits, trackUnmanagedFds: false });
    worker.on('error', () => {}); // its exit says enough
    worker.on('message', (answer: StartAnswer) => this.#hear(answer));
    worker.once('exit', () => this.#lose());
    return worker;
  }

  #hear(answer: StartAnswer): void {
    const { id } = answer;
    const asked = this.#asked.get(id);
    if (asked === undefined) return;
    if (answer.kind === 'started') {
      asked.pid = answer.spawned.pid;
      asked.started.resolve({ ...answer.spawned, ended: asked.ended.promise });
      return;
    }
    this.#asked.delete(id);
    this.#rest();
    if (answer.kind === 'ended') asked.ended.resolve(answer.code);
    else asked.started.reject(failedStart(answer));
  }

  /** Nothing would be heard of its browsers. */
  #lose(): void {
    this.#worker = undefined;
    const lost = [...this.#asked.values()];
    this.#asked.clear();
    for (const { start, started, ended, pid } of lost) {
      if (pid !== undefined) signalGroup(pid);
      started.reject(new Error('The thread that starts browsers ended.'));
      rm(start.profile, { recursive: true, force: true, maxRetries: 3 })
        .catch(() => {}) // the next start removes what is left
        .then(() => ended.resolve(null));
    }
  }

  #rest(): void {
    if (this.#asked.size > 0) return;
    this.#worker?.unref();
    if (this.#isStopping) this.#worker?.terminate();
  }
}
