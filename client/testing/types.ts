/** A `<meta>`: its `property` or else `name`, in lower case, and its content. */
export interface ReadTag {
  readonly name: string;
  readonly content: string;
}

/** What `ogplus verify` says of a tag. */
export interface Finding {
  readonly tag: string;
  /** `bad`: required, and missing or wrong; `hint`: the page would do better with it, or with another value. */
  readonly level: 'good' | 'bad' | 'hint';
  readonly says: string;
  /** What is wrong by its name, such as `title-missing`; null where nothing is. */
  readonly fault: string | null;
}

/** What `ogplus explain` says of a page. */
export interface Judgement {
  /** One sentence: what happens with the card. */
  readonly verdict: string;
  /** What decided it and what follows. */
  readonly reasons: readonly string[];
  /** What the page declared without effect, and why. */
  readonly ignored: readonly string[];
  /** What would do better. */
  readonly advice: readonly string[];
  /** Seconds for which the card is served without a request to the site; 0 where each crawler causes one. */
  readonly keptFor: number;
}

export interface CheckOptions {
  /** Needed where the cards have a host name of your own; other card addresses are known by their form. */
  readonly connectionUrl?: string | undefined;
}

export interface JudgeOptions {
  /** The website's setting for pages that declare no freshness, in seconds. */
  readonly defaultMaxAge?: number | undefined;
  /** Milliseconds since the epoch; the current time otherwise. */
  readonly now?: number | undefined;
}

/** A response's status and header fields, in any of the forms in which clients give them. */
export interface ResponseHead {
  readonly status?: number | undefined;
  readonly headers: HeaderFields;
}

export type HeaderFields =
  | Headers
  | Iterable<readonly [name: string, value: string]>
  | Readonly<Record<string, string | number | readonly string[] | undefined>>;
