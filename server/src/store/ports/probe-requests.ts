import type { EpochMs } from '../../model/units.ts';

/** A request that came to a probe, and what it got. */
export interface NewProbeRequest {
  readonly at: EpochMs;
  /** The network, by its `User-Agent`. */
  readonly consumer: string;
  readonly method: string;
  /** For the probe's page, or for its picture. */
  readonly what: 'page' | 'picture';
  /** Names and values as they were sent, in order. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly status: number;
  /** What was sent: its type and bytes. */
  readonly type: string;
  readonly size: number;
}

export interface ProbeRequest extends NewProbeRequest {
  readonly id: number;
}

/** What came to probes. It is deleted with its probe (a `Link`). */
export interface ProbeRequests {
  /** Keeps the last `most` of the probe. */
  note(linkId: number, request: NewProbeRequest, most: number): Promise<void>;
  /** Those after the one with the id, oldest first. */
  after(linkId: number, id: number, limit: number): Promise<ProbeRequest[]>;
}
