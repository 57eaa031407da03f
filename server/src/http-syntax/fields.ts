import type { HeaderLines } from '../model/policy.ts';
import { type Seconds, seconds } from '../model/units.ts';

/** Every line of the field, in order. `name` in lower case. */
export function linesOf(headers: HeaderLines, name: string): string[] {
  const lines: string[] = [];
  for (const [key, value] of headers) if (key === name) lines.push(value);
  return lines;
}

/** The members of a comma-separated field (RFC 9110 §5.6.1), over all its lines; not for fields with quoted strings. */
export function membersOf(headers: HeaderLines, name: string): string[] {
  const lines = linesOf(headers, name);
  if (lines.length === 0) return lines;
  return lines
    .flatMap((line) => line.split(','))
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

/** The largest delta-seconds value: RFC 9111 §1.2.2 has larger ones taken for this. */
export const maxDeltaSeconds = seconds(2 ** 31);

/** Digits as seconds, overflow capped; undefined for anything else: signs, fractions, units. */
export function parseDeltaSeconds(text: string): Seconds | undefined {
  if (!/^[0-9]+$/.test(text)) return undefined;
  return seconds(Math.min(Number(text), maxDeltaSeconds));
}

/**
 * The `Age` of a response, 0 without a usable one. RFC 9111 §5.1: of a list or several lines the first value counts,
 * and a value that is not a whole number of seconds is ignored.
 */
export function ageOf(headers: HeaderLines): Seconds {
  const first = linesOf(headers, 'age')[0]?.split(',')[0]?.trim() ?? '';
  return parseDeltaSeconds(first) ?? seconds(0);
}
