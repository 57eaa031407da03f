import type { AuditEntry } from '../../api/types.ts';
import { text } from '../../text/text.ts';

/** Changes of one day of the reader's calendar, newest first. */
export interface Day {
  readonly name: string;
  readonly entries: readonly AuditEntry[];
}

const dayMs = 86_400_000;
const words = text.auditLog;

/** @param entries newest first. */
export function daysOf(entries: readonly AuditEntry[], now = new Date()): Day[] {
  const days = Map.groupBy(entries, ({ at }) => new Date(at).toDateString());
  return [...days].map(([day, entries]) => ({ name: nameOf(new Date(day), now), entries }));
}

function nameOf(day: Date, now: Date): string {
  if (day.toDateString() === now.toDateString()) return words.today;
  if (day.toDateString() === new Date(now.getTime() - dayMs).toDateString()) return words.yesterday;
  const year = day.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return day.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', ...year });
}
