// A word that changed in so many looks running changes each time: an id or a nonce that the server makes anew.
const everyTime = 2;

/**
 * A text that is looked at over and over, and in which a server may write something else each time. A change counts where a
 * word changed that does not change with every look; and where one that did has come to rest.
 */
export class LivingText {
  #words: readonly string[];
  /** Of each word, in how many looks running it changed. */
  #changes: Uint32Array;

  constructor(text: string) {
    this.#words = wordsOf(text);
    this.#changes = new Uint32Array(this.#words.length);
  }

  /** Whether it changed since the last look, in a way that counts. */
  look(text: string): boolean {
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
