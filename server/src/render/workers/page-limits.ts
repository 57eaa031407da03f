/** The one way out for the pages of a context, which counts what each of them takes. */
export interface PageGate extends AsyncDisposable {
  readonly url: string;
  /** Lets nothing more of this page through. */
  cut(): void;
  /** Opens again, and counts anew, for the next page. */
  renew(): void;
}

/** What a page may take of the network. */
export interface PageLimits {
  /** Opens the gate of a new context, which counts bytes and the requests that it sees, and admits no more of them. */
  readonly openGate: () => Promise<PageGate>;
  /**
   * Counted in the browser, because requests that share an encrypted connection are one to the gate: a page that asks for
   * more is cut off, with what was under way.
   */
  readonly requests: number;
}
