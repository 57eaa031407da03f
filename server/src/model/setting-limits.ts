/** Minimum and maximum of a numeric setting, both inclusive. */
export interface Limits {
  readonly minimum: number;
  readonly maximum: number;
}

// A year: RFC 2616 §14.21 asked for no longer lifetime, and RFC 9111 names no limit.
const year = 31_536_000;

/** Limits of a website's numeric settings. */
export const settingLimits = {
  /** Seconds. */
  defaultMaxAge: { minimum: 0, maximum: year },
  /** CSS pixels; those of `og:plus:viewport:width`. */
  viewportWidth: { minimum: 320, maximum: 2400 },
  /** Milliseconds; as the service's own. */
  patience: { minimum: 0, maximum: 120_000 },
  /** Seconds. */
  recheckInterval: { minimum: 1, maximum: year },
  rendersPerMinute: { minimum: 1, maximum: 1_000_000 },
} as const satisfies Readonly<Record<string, Limits>>;

export function isWithinLimits(value: number, { minimum, maximum }: Limits): boolean {
  return value >= minimum && value <= maximum;
}
