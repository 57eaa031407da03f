const smallest = 16_384;
const largest = 1_048_576;

/** Collects chunks of any size: a million chunks of one byte cost no more than one of a million. */
export class Blocks {
  readonly #full: Buffer[] = [];
  #last = Buffer.alloc(0);
  #used = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(piece: Buffer): void {
    this.#size += piece.length;
    for (let rest = piece; rest.length > 0; ) {
      if (this.#used === this.#last.length) this.#begin();
      const copied = rest.copy(this.#last, this.#used);
      this.#used += copied;
      rest = rest.subarray(copied);
    }
  }

  /** All bytes, in memory of their own that threads can share; shared blocks would be kept alive with them. */
  whole(): Buffer {
    const whole = Buffer.from(new SharedArrayBuffer(this.#size));
    let at = 0;
    for (const block of this.#full) at += block.copy(whole, at);
    this.#last.copy(whole, at, 0, this.#used);
    return whole;
  }

  #begin(): void {
    if (this.#used > 0) this.#full.push(this.#last);
    this.#last = Buffer.allocUnsafeSlow(Math.min(largest, Math.max(smallest, 2 * this.#last.length)));
    this.#used = 0;
  }
}
