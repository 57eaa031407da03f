/**
 * One run per key at a time: calls during the run share its result. Nothing is kept after the run.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Promise<T>>();

  /** Starts the work or joins the running one; `joined` says which. */
  run(key: string, work: () => Promise<T>): { readonly joined: boolean; readonly result: Promise<T> } {
    const running = this.#flights.get(key);
    if (running !== undefined) return { joined: true, result: running };
    const result = work().finally(() => this.#flights.delete(key));
    this.#flights.set(key, result);
    return { joined: false, result };
  }
}
