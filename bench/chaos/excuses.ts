/** Why a card may cost more than one fetch (docs/chaos.md), and how long that lasted. */
export interface Excuse {
  readonly why: string;
  readonly from: number;
  readonly to: number;
}

// What began shortly before an excuse ends after it: a fetch, a render and a lease that runs out.
const longestWorkMs = 6000;

/** What happened, by `performance.now()`. */
export class Excuses {
  readonly #all: Array<{ why: string; from: number; to: number }> = [];

  /** Gives what ends it. */
  begin(why: string): () => void {
    const excuse = { why, from: performance.now(), to: Number.POSITIVE_INFINITY };
    this.#all.push(excuse);
    return () => {
      excuse.to = performance.now();
    };
  }

  /** A moment. */
  note(why: string): void {
    const now = performance.now();
    this.#all.push({ why, from: now, to: now });
  }

  within(from: number, to: number): readonly Excuse[] {
    return this.#all.filter((excuse) => excuse.from <= to && excuse.to >= from);
  }

  /**
   * Why a page was fetched once more: something happened while it was fetched before, so that the card was not kept, or while
   * it was fetched again. Undefined if nothing did.
   */
  of(before: number, again: number): string | undefined {
    const [found] = [
      ...this.within(before - 1000, before + longestWorkMs),
      ...this.within(again - longestWorkMs, again + 1000),
    ];
    return found?.why;
  }
}
