/** Counts what passes the gate. */
export interface Meter {
  /** Whether another request or tunnel may begin. */
  admits(): boolean;
  count(bytes: number): void;
}
