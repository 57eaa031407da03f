/** The network access of a context's pages, which counts each page's traffic. */
export interface PageGate extends AsyncDisposable {
  readonly url: string;
  /** What passed since the last `renew`, in both directions. */
  readonly bytes: number;
  /** Blocks this page from now on. */
  cut(): void;
  /** Unblocks and resets the counters, for the next page. */
  renew(): void;
}

/** A page's network limits. */
export interface PageLimits {
  /** Opens the gate of a new context, which limits bytes and the requests that it sees. */
  readonly openGate: () => Promise<PageGate>;
  /**
   * Counted in the browser too, because requests on one encrypted connection count as one at the gate: a page that makes
   * more is blocked, with its open requests.
   */
  readonly requests: number;
}
