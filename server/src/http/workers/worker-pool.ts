import cluster, { type Worker } from 'node:cluster';
import { getCompileCacheDir } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { resultWithin } from '../../concurrency/result-within.ts';
import type { Log } from '../../model/log.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import type { FromWorker, ToWorker, WorkerCounts } from './messages.ts';

export interface WorkerPoolOptions {
  readonly workers: number;
  /** The program of a worker. */
  readonly program: URL;
  /** The socket that the service listens on for them. */
  readonly service: string;
  /** Of all of them together. */
  readonly maxConnections: number;
  readonly onCounts: (counts: WorkerCounts) => void;
  /** A worker wrote a warning or an error to the log. */
  readonly onLogged: (line: string) => void;
  readonly log: Log;
}

/** A worker that listens, and what it said of itself last. */
interface Member {
  readonly worker: Worker;
  counts: WorkerCounts | undefined;
  /** Resolves with its next counts. */
  onCounts: Array<() => void>;
}

// One that cannot start would be started again without end.
const restartPauseMs = 1000;
// Counts are a message away.
const countDeadline = milliseconds(1000);
// After its grace, a worker closes its connections within a second.
const stopDeadlineMs = 3000;

/** A worker could not listen. */
class CannotListen extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`The workers cannot listen: ${code}.`);
    this.code = code;
  }
}

/** HTTP processes that share the service's port. One that ends is replaced. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #members = new Set<Member>();
  #isStopping = false;
  /** The port that all of them listen on. */
  port = 0;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** @throws {CannotListen} */
  async start(): Promise<void> {
    // Connections go to the workers in turn: without it, two of many get most of them.
    cluster.schedulingPolicy = cluster.SCHED_RR;
    cluster.setupPrimary({ exec: fileURLToPath(this.#options.program), args: [] });
    await Promise.all(Array.from({ length: this.#options.workers }, () => this.#begin()));
  }

  /** The workers' processes. */
  get pids(): number[] {
    return [...this.#members].map(({ worker }) => worker.process.pid ?? 0);
  }

  /** Of all workers, as they last said. */
  get totals(): Omit<WorkerCounts, 'websites' | 'cards'> {
    const sum = (of: (counts: WorkerCounts) => number) =>
      [...this.#members].reduce((total, { counts }) => total + (counts === undefined ? 0 : of(counts)), 0);
    return {
      connections: sum(({ connections }) => connections),
      cpuMs: sum(({ cpuMs }) => cpuMs),
      memoryBytes: sum(({ memoryBytes }) => memoryBytes),
    };
  }

  /** Has every worker tell what it did since it last told; waits a second at most. */
  async count(): Promise<void> {
    const told = [...this.#members].map((member) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      member.onCounts.push(resolve);
      send(member.worker, { kind: 'count' });
      return promise;
    });
    await resultWithin(countDeadline, Promise.all(told));
  }

  /** No new connections; open requests get `grace`, then every worker ends. */
  async stop(grace: Milliseconds): Promise<void> {
    this.#isStopping = true;
    await Promise.all(
      [...this.#members].map(async ({ worker }) => {
        const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
        send(worker, { kind: 'stop', grace });
        const timer = setTimeout(() => worker.process.kill('SIGKILL'), grace + stopDeadlineMs);
        await ended;
        clearTimeout(timer);
      }),
    );
  }

  #begin(): Promise<void> {
    const { workers, service, maxConnections, onCounts, onLogged, log } = this.#options;
    const compiled = getCompileCacheDir();
    const worker = cluster.fork(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled });
    const member: Member = { worker, counts: undefined, onCounts: [] };
    this.#members.add(member);
    const listening = Promise.withResolvers<void>();
    listening.promise.catch(() => {}); // the first ones are waited for; of a later one, its end says enough
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'listening') {
        this.port = message.port;
        listening.resolve();
      } else if (message.kind === 'failed') listening.reject(new CannotListen(message.code));
      else if (message.kind === 'logged') onLogged(message.line);
      else {
        member.counts = message.counts;
        onCounts(message.counts);
        for (const told of member.onCounts.splice(0)) told();
      }
    });
    worker.on('error', () => {}); // its end follows
    worker.once('exit', (code, signal) => {
      this.#members.delete(member);
      for (const told of member.onCounts.splice(0)) told();
      listening.reject(new CannotListen('EEXIT'));
      if (this.#isStopping || this.port === 0) return;
      log.warn({ workerPid: worker.process.pid, code, signal }, 'an HTTP worker ended; another takes its place');
      void this.#replace();
    });
    send(worker, { kind: 'start', service, maxConnections: Math.max(1, Math.floor(maxConnections / workers)) });
    return listening.promise;
  }

  async #replace(): Promise<void> {
    for (let tries = 0; !this.#isStopping; tries++) {
      if (tries > 0) await pause(restartPauseMs);
      const isUp = await this.#begin().then(
        () => true,
        () => false,
      );
      // One that failed was counted as ended, and replaces itself.
      if (isUp || tries === 0) return;
    }
  }
}

function send(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => {}); // one that has just ended is replaced
}
