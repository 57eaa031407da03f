// A word that changed in this many consecutive calls changes every time: an id or a nonce.
const everyTime = 2;

/**
 * Detects changes of a text that a server may vary with every response. A change counts if it is in a word that does not
 * change with every call, or in one that has stopped doing so.
 */
export class ChangeDetector {
  #words: readonly string[];
  /** Per word, in how many consecutive calls it changed. */
  #changes: Uint32Array;

  constructor(text: string) {
    this.#words = wordsOf(text);
    this.#changes = new Uint32Array(this.#words.length);
  }

  /** Whether the text changed since the last call. */
  hasChanged(text: string): boolean {
    const words = wordsOf(text);
    const before = this.#words;
    this.#words = words;
    if (words.length !== before.length) {
      this.#changes = new Uint32Array(words.length);
      return true;
    }
    let counts = false;
    for (const [at, word] of words.entries()) {
      const running = this.#changes[at] ?? 0;
      const now = word === before[at] ? 0 : running + 1;
      this.#changes[at] = now;
      counts ||= now === 0 ? running > everyTime : now <= everyTime;
    }
    return counts;
  }
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\w+/=-]+|[^\w+/=-]+/g) ?? [];
}
