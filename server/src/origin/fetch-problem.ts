import { Problem } from '../model/problem.ts';
import type { Seconds } from '../model/units.ts';

/** A failed fetch. `mayServeKept`: the error does not come from the page itself, so a kept card may be sent instead. */
export class FetchProblem extends Problem {
  readonly mayServeKept: boolean;
  /** The origin's `Retry-After`. */
  readonly retryAfter: Seconds | undefined;

  constructor(
    type: 'origin-failed' | 'origin-too-slow' | 'page-unsuitable',
    message: string,
    options: { mayServeKept: boolean; status?: number; retryAfter?: Seconds | undefined },
  ) {
    super(type, message, options.status === undefined ? {} : { status: options.status });
    this.mayServeKept = options.mayServeKept;
    this.retryAfter = options.retryAfter;
  }
}
