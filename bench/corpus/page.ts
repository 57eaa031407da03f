/** What the origin of the corpus answers at an address. */
export interface Route {
  readonly body: string | Uint8Array;
  readonly type?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until the answer begins; `?delay=` does the same at every address. */
  readonly delay?: number;
}

/** One page of the corpus, and what is expected of its card. */
export interface CorpusPage {
  /** Unique; lower-case letters, digits and hyphens. The page lies at `/{name}/`. */
  readonly name: string;
  /** `{elsewhere}` in it stands for the page's folder at another origin. */
  readonly html: string | Uint8Array;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
  /** By address, relative to the page; `never` is an answer that does not come. */
  readonly routes?: Readonly<Record<string, Route | 'never'>>;
  /** A module made of packages, served as `bundle.js`. */
  readonly bundle?: string;
  /** The Svelte component that the module imports as `app.svelte`. */
  readonly component?: string;
  /** A finished website, drawn at its path, from the root of an origin of its own. */
  readonly site?: { readonly folder: string; readonly path: string };
  /** Why the card is meant to look other than the page at rest. */
  readonly differs?: string;
  /** Why the picture is worth nothing: it may be sent, and may not be kept. */
  readonly empty?: string;
  /** The same picture by a page that is there at once: no scripts, no motion, no requests. */
  readonly rest?: string;
}

/** Pages about one thing. */
export interface Group {
  readonly name: string;
  readonly pages: readonly CorpusPage[];
}
