import type { Milliseconds } from '../model/units.ts';

/** The result, or undefined when it takes longer. The work continues. */
export async function resultWithin<T>(patience: Milliseconds, work: Promise<T>): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), patience);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
