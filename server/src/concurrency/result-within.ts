import { startTimeout } from '../model/timeout.ts';
import type { Milliseconds } from '../model/units.ts';

/** The result, or undefined when it takes longer. The work continues. */
export async function resultWithin<T>(patience: Milliseconds, work: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  using _ = startTimeout(patience, () => resolve(undefined));
  return await Promise.race([work, promise]);
}
