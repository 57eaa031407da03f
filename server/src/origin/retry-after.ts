import { parseDeltaSeconds } from '../http-syntax/fields.ts';
import { parseHttpDate } from '../http-syntax/http-date.ts';
import type { ResponseHead } from '../model/policy.ts';
import { type Seconds, seconds } from '../model/units.ts';

/** `Retry-After` (RFC 9110 §10.2.3): seconds or a date; undefined without one. */
export function retryAfter(head: ResponseHead): Seconds | undefined {
  const text = head.headers.find(([name]) => name === 'retry-after')?.[1]?.trim() ?? '';
  const delay = parseDeltaSeconds(text);
  if (delay !== undefined) return delay;
  const date = parseHttpDate(text, head.responseTime);
  return date === undefined ? undefined : seconds(Math.max(0, Math.ceil((date - head.responseTime) / 1000)));
}
