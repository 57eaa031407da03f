import { statfs } from 'node:fs/promises';
import { hostname, totalmem } from 'node:os';
import type { Clock, EpochMs } from '../model/units.ts';
import type { RendererStatus } from '../render/renderer.ts';
import type { RecentError } from './recent-errors.ts';

/** How one node is. Sizes are bytes. */
export interface NodeStatus {
  /** The machine's name. */
  readonly name: string;
  /** Of the service, and of Node.js. */
  readonly version: string;
  readonly runtime: string;
  readonly startedAt: EpochMs;
  readonly requests: {
    /** Image requests that are not answered yet. */
    readonly waiting: number;
    readonly connections: number;
    readonly mostConnections: number;
    /** HTTP worker processes, which send fresh cards. */
    readonly workers: number;
  };
  readonly drawing: RendererStatus;
  readonly memory: {
    readonly service: number;
    readonly workers: number;
    /** Of the machine or container. */
    readonly limit: number;
  };
  /** Of the disk that the data folder is on; null where it cannot be read. */
  readonly disk: { readonly free: number; readonly total: number } | null;
  /** What its last sweep found; null where another node sweeps. */
  readonly swept: { readonly pictureBytes: number; readonly at: EpochMs } | null;
  /** Newest first. */
  readonly errors: readonly RecentError[];
}

/** What a node looks at to say how it is. */
export interface NodeParts {
  readonly clock: Clock;
  readonly version: string;
  readonly dataDir: string;
  readonly renderer: { readonly status: RendererStatus };
  readonly tally: {
    readonly waiting: number;
    readonly connections: number;
    readonly workers:
      | {
          readonly pids: readonly number[];
          readonly totals: { readonly connections: number; readonly memoryBytes: number };
        }
      | undefined;
  };
  readonly mostConnections: number;
  readonly swept: () => NodeStatus['swept'];
  readonly recentErrors: { readonly list: readonly RecentError[] };
}

/** Starts nothing and asks no database: it says how the node is where nothing else answers. */
export class ThisNode {
  readonly #parts: NodeParts;
  readonly #startedAt: EpochMs;

  constructor(parts: NodeParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
  }

  async status(): Promise<NodeStatus> {
    const { version, dataDir, renderer, tally, mostConnections, swept, recentErrors } = this.#parts;
    const { pids = [], totals } = tally.workers ?? {};
    const disk = await statfs(dataDir).catch(() => undefined);
    return {
      name: hostname(),
      version,
      runtime: process.version,
      startedAt: this.#startedAt,
      requests: {
        waiting: tally.waiting,
        connections: totals?.connections ?? tally.connections,
        mostConnections,
        workers: pids.length,
      },
      drawing: renderer.status,
      memory: {
        service: process.memoryUsage.rss(),
        workers: totals?.memoryBytes ?? 0,
        limit: Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY),
      },
      disk: disk === undefined ? null : { free: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize },
      swept: swept(),
      errors: recentErrors.list,
    };
  }
}
