/** A clock's time without its steps back: while the clock is set back, this goes on from the last time that was seen. */
export class SteadyTime {
  #last = Number.NEGATIVE_INFINITY;
  #setBack = 0;

  /** @param now what the clock says. */
  at(now: number): number {
    if (now < this.#last) this.#setBack += this.#last - now;
    this.#last = now;
    return now + this.#setBack;
  }
}
