import { Problem } from '../../model/problem.ts';
import type { EpochMs } from '../../model/units.ts';
import { type Rate, windowMs } from './rate.ts';

export interface UsedUp {
  /** Milliseconds until one is left again. */
  readonly wait: number;
  /** The name of the quota, and how much it is per minute. */
  readonly policy: string;
  readonly quota: number;
  readonly message: string;
}

/** The problem `too-many-requests`, with when to try again. */
export function quotaUsedUp({ wait, policy, quota, message }: UsedUp): Problem {
  const facts = { retryAfter: Math.ceil(wait / 1000), policy, quota, window: windowMs / 1000 };
  return new Problem('too-many-requests', message, facts);
}

/**
 * Takes one of the rate.
 * @throws {Problem} `too-many-requests`, if none is left.
 */
export function takeOne(rate: Rate, key: string, now: EpochMs, refusal: Pick<UsedUp, 'policy' | 'message'>): void {
  const wait = rate.take(key, now);
  if (wait > 0) throw quotaUsedUp({ ...refusal, wait, quota: rate.perMinute });
}
