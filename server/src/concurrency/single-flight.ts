/**
 * One run per key at a time: calls during the run share its result. Nothing is kept after the run.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Promise<T>>();

  /** Starts the work or joins the running one; `joined` says which. */
  run(key: string, work: () => Promise<T>): { readonly joined: boolean; readonly result: Promise<T> } {
    const running = this.#flights.get(key);
    if (running !== undefined) return { joined: true, result: running };
    const result = work().finally(() => {
      if (this.#flights.get(key) === result) this.#flights.delete(key);
    });
    this.#flights.set(key, result);
    return { joined: false, result };
  }

  /** Lets nobody join these any more, for example after a purge; callers that wait still get the result. */
  detach(covers: (key: string) => boolean): void {
    for (const key of this.#flights.keys()) if (covers(key)) this.#flights.delete(key);
  }

  get size(): number {
    return this.#flights.size;
  }
}
