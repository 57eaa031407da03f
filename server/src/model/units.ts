/** Branded quantities: a number without its unit does not compile. */

/** Whole seconds, never negative: the unit of every HTTP cache lifetime. */
export type Seconds = number & { readonly __unit: 'Seconds' };

/** A duration in milliseconds. */
export type Milliseconds = number & { readonly __unit: 'Milliseconds' };

/** A point in time, milliseconds since the Unix epoch. */
export type EpochMs = number & { readonly __unit: 'EpochMs' };

export const seconds = (n: number): Seconds => n as Seconds;
export const milliseconds = (n: number): Milliseconds => n as Milliseconds;
export const epochMs = (n: number): EpochMs => n as EpochMs;

/** `time + span`. */
export const after = (time: EpochMs, span: Seconds): EpochMs => (time + span * 1000) as EpochMs;

/** The source of time, passed in from outside; tests pass one that they move. */
export interface Clock {
  now(): EpochMs;
}

export const systemClock: Clock = { now: () => Date.now() as EpochMs };
