import type { HitCounts } from '../../cards/hits.ts';

/** What an HTTP worker did since it last told. */
export interface WorkerCounts extends HitCounts {
  /** Open connections now. */
  readonly connections: number;
  /** Milliseconds of CPU time since its start, and its memory in bytes. */
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

/** From the service to a worker. */
export type ToWorker =
  /** Where the service listens for it, and how many connections it may have. */
  | { readonly kind: 'start'; readonly service: string; readonly maxConnections: number }
  | { readonly kind: 'count' }
  | { readonly kind: 'stop'; readonly grace: number };

/** From a worker to the service. */
export type FromWorker =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string }
  /** A warning or an error of its log, as it was written. */
  | { readonly kind: 'logged'; readonly line: string }
  | { readonly kind: 'counts'; readonly counts: WorkerCounts };
