interface ChangeOf<T> {
  readonly value: T;
  readonly began: number;
  /** When it was answered, or nobody waited for it any more. */
  ended: number;
  isAnswered: boolean;
}

// A change that nobody waits for any more may still happen: a node was frozen, or the database was.
const longestLateMs = 8000;

/**
 * A value that is changed again and again, one change after the other, and what a request may see of it when: the value of
 * the last change that was answered before it began, or of a later one that was begun before it ended. Times by
 * `performance.now()`.
 */
export class Register<T> {
  readonly #changes: ChangeOf<T>[];

  constructor(first: T) {
    this.#changes = [
      { value: first, began: Number.NEGATIVE_INFINITY, ended: Number.NEGATIVE_INFINITY, isAnswered: true },
    ];
  }

  /** @param work whether it was answered that the change was made; false or an error leaves it open. */
  async change(value: T, work: () => Promise<boolean>): Promise<boolean> {
    const change = { value, began: performance.now(), ended: Number.POSITIVE_INFINITY, isAnswered: false };
    this.#changes.push(change);
    change.isAnswered = await work().catch(() => false);
    change.ended = performance.now();
    return change.isAnswered;
  }

  /** The only value that a request between these times may have seen; undefined if there are several. */
  certain(from: number, to: number): T | undefined {
    const last = this.#changes.findLastIndex(({ isAnswered, ended }) => isAnswered && ended <= from);
    const certain = this.#changes[last];
    if (certain === undefined) return undefined;
    const isOpen = this.#changes.some(({ value, began, ended, isAnswered }, index) => {
      if (value === certain.value) return false;
      if (index > last) return began <= to;
      return index < last && !isAnswered && ended + longestLateMs > certain.began;
    });
    return isOpen ? undefined : certain.value;
  }
}
