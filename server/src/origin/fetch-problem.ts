import { Problem } from '../model/problem.ts';
import type { Seconds } from '../model/units.ts';

/** A fetch that brought no page. `mayServeKept`: it says nothing about the page itself, so a kept card may stand in. */
export class FetchProblem extends Problem {
  readonly mayServeKept: boolean;
  /** How long the origin asked to be left alone. */
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
