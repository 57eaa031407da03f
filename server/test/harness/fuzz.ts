import assert from 'node:assert/strict';
import fc from 'fast-check';

/** `npm run fuzz` sets it to run for hours; a few thousand take seconds. */
export const runs = Number(process.env['OGPLUS_FUZZ_RUNS'] ?? 2000);

/** Any characters, and texts made of the pieces that a parser looks for. */
export function texts(...pieces: readonly string[]): fc.Arbitrary<string> {
  const made = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 3 })), {
    maxLength: 40,
  });
  return fc.oneof(
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
    { weight: 3, arbitrary: made.map((parts) => parts.join('')) },
  );
}

/** Runs the work on many inputs; whatever it throws, or asserts, is found with the input that is smallest. */
export function holds<T>(inputs: fc.Arbitrary<T>, work: (input: T) => void, many = runs): void {
  fc.assert(fc.property(inputs, work), { numRuns: many });
}

const small = 4096;
const factor = 16;
const rounds = 5;
const mostRounds = 100;

/**
 * Asserts that an input of sixteen times the length costs about sixteen times as much, and not its square: 256 times.
 * The best of a few runs counts, each measured beside the other, so that the machine's load falls on both; of more runs
 * where a busy machine interrupts every long one.
 * @param piece what the input is made of; of several, of the first one many times, then of the next.
 */
export function growsEvenly(
  piece: string | readonly string[],
  work: (input: string) => void,
  prefix = '',
  suffix = '',
): void {
  const pieces = [piece].flat();
  const filled = (one: string, length: number) => one.repeat(Math.ceil(length / pieces.length / one.length));
  const inputOf = (length: number) => prefix + pieces.map((one) => filled(one, length)).join('') + suffix;
  const [short, long] = [inputOf(small), inputOf(small * factor)];
  const cost = { short: Number.POSITIVE_INFINITY, long: Number.POSITIVE_INFINITY };
  const timed = (input: string, times: number) => {
    const start = performance.now();
    for (let n = 0; n < times; n++) work(input);
    return (performance.now() - start) / times;
  };
  timed(short, factor); // compiled once, as it is in a service
  // A microsecond is noise.
  const ratioOf = () => cost.long / Math.max(cost.short, 0.001);
  const isEven = () => ratioOf() < factor * 6;
  for (let round = 0; round < rounds || (round < mostRounds && !isEven()); round++) {
    cost.short = Math.min(cost.short, timed(short, factor));
    cost.long = Math.min(cost.long, timed(long, 1));
  }
  const ratio = ratioOf();
  assert.ok(isEven(), `${JSON.stringify(piece)} sixteen times as long costs ${ratio.toFixed(0)} times as much`);
}
