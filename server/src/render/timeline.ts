/** What a render went through, for whoever asks where its time went. */
export class Timeline {
  readonly #started = performance.now();
  readonly #marks: string[] = [];
  /** Milliseconds that its website answers for: without the wait, and without what others' faults cost. */
  ownTime = 0;

  /** Notes that this begins or happened now. */
  mark(what: string): void {
    this.#marks.push(`${Math.round(this.milliseconds)} ms: ${what}`);
  }

  /** Since it began. */
  get milliseconds(): number {
    return performance.now() - this.#started;
  }

  /** `['0 ms: waits for a place', '1200 ms: draws']`, oldest first. */
  get marks(): readonly string[] {
    return this.#marks;
  }
}
