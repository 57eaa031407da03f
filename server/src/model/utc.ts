export const [msPerDay, msPerHour] = [86_400_000, 3_600_000];

/** Days since the epoch, UTC. @param at milliseconds since the epoch. */
export function dayOf(at: number): number {
  return Math.floor(at / msPerDay);
}

/** Hours since the epoch, UTC. @param at milliseconds since the epoch. */
export function hourOf(at: number): number {
  return Math.floor(at / msPerHour);
}
