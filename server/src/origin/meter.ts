/** What passes the gate, counted. */
export interface Meter {
  /** Whether another request or tunnel may begin. */
  admits(): boolean;
  count(bytes: number): void;
}
