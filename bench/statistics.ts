/** Samples of one thing measured several times. */
export interface Summary {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function summarise(samples: readonly number[]): Summary {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { median: at(0.5), low: at(0.1), high: at(0.9) };
}

/** `12.3 (11.8–14.0)`: the median, and between which values eight of ten lie, which is the machine's noise. */
export function show({ median, low, high }: Summary, digits = 1): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

/** One line of the table. `aim` is what the ratio should hold. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly ratio: string;
  readonly aim: string;
}

/** How long it took, milliseconds. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Rows as a table in Markdown. */
export function table(rows: readonly Row[], head: readonly string[]): string {
  const lines = rows.map(({ what, ours, theirs, ratio, aim }) => [what, ours, theirs, ratio, aim]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
