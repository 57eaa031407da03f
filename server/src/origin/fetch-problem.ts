import { Problem } from '../model/problem.ts';
import type { Seconds } from '../model/units.ts';

type Type = 'origin-failed' | 'origin-too-slow' | 'page-unsuitable';

export interface FetchProblemOptions {
  /** The error does not come from the page itself, so a kept card may be sent instead. */
  readonly mayServeKept: boolean;
  /** The origin's. */
  readonly status?: number;
  /** The origin's `Retry-After`. */
  readonly retryAfter?: Seconds | undefined;
  /** How much longer it is remembered; undefined where the origin was asked now. */
  readonly rememberedFor?: Seconds;
}

/** A failed fetch. */
export class FetchProblem extends Problem {
  readonly options: FetchProblemOptions;

  constructor(type: Type, message: string, options: FetchProblemOptions) {
    super(type, message, options.status === undefined ? {} : { status: options.status });
    this.options = options;
  }

  /** The same, for a request for which the origin was not asked. */
  remembered(rememberedFor: Seconds): FetchProblem {
    return new FetchProblem(this.type as Type, this.message, { ...this.options, rememberedFor });
  }
}
