/** What is wrong with an argument, or what the service answered; the message says what to do next. */
export class OgPlusError extends Error {
  override readonly name = 'OgPlusError';
  /** The service's status code; undefined where the service was not asked, or did not answer. */
  readonly status: number | undefined;
  /** The service's problem type, such as `/problems/unknown-website` (RFC 9457). */
  readonly type: string | undefined;

  constructor(message: string, answer: { readonly status?: number; readonly type?: string } = {}) {
    super(message);
    this.status = answer.status;
    this.type = answer.type;
  }
}
