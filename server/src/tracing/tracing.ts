/** What a span says of its work: OpenTelemetry's semantic conventions where there is one, `ogplus.…` otherwise. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Tells a tracing system what a request spent its time with. */
export interface Tracing extends AsyncDisposable {
  /**
   * Does the work within a span, below the span that is open around the call. A rejection is noted and passed on.
   * @param work gets a function that adds what is known only afterwards.
   */
  span<T>(name: string, attributes: Attributes, work: (note: (more: Attributes) => void) => Promise<T>): Promise<T>;
}
