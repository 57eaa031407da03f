/**
 * One piece of work at a time for a key: who asks while it runs shares its result. Nothing outlives the work.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Promise<T>>();

  /** Starts the work, or joins the one that runs; `joined` says which. */
  run(key: string, work: () => Promise<T>): { readonly joined: boolean; readonly result: Promise<T> } {
    const running = this.#flights.get(key);
    if (running !== undefined) return { joined: true, result: running };
    const result = work().finally(() => {
      if (this.#flights.get(key) === result) this.#flights.delete(key);
    });
    this.#flights.set(key, result);
    return { joined: false, result };
  }

  /** Nobody joins these any more; who waits still gets the result. After a purge, say. */
  detach(covers: (key: string) => boolean): void {
    for (const key of this.#flights.keys()) if (covers(key)) this.#flights.delete(key);
  }

  get size(): number {
    return this.#flights.size;
  }
}
