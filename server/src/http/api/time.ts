/** A time in the API: ISO 8601, UTC. @param at milliseconds since the epoch. */
export function timeOf(at: number): string {
  return new Date(at).toISOString();
}
