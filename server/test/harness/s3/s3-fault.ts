/** An answer that is an error. */
export class S3Fault extends Error {
  readonly status: number;
  readonly code: string;
  /** Further elements. */
  readonly more: string;

  constructor(status: number, code: string, message: string, more = '') {
    super(message);
    this.status = status;
    this.code = code;
    this.more = more;
  }

  get xml(): string {
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${this.code}</Code><Message>${this.message}</Message>${this.more}</Error>`;
  }
}
