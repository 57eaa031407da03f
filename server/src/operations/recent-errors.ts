import type { Clock, EpochMs } from '../model/units.ts';

/** A warning or an error of the log; the same again counts. */
export interface RecentError {
  readonly level: 'warning' | 'error';
  /** What the log says. */
  readonly says: string;
  /** Of the error behind it, the last time; null without one. */
  readonly why: string | null;
  readonly count: number;
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
}

// As many as one screen shows; each has at most this many characters.
const most = 20;
const longest = 300;
// pino's levels.
const [warning, error] = [40, 50];

/** The last warnings and errors, without repeats. Takes lines of the log, from which secrets are removed already. */
export class RecentErrors {
  readonly #clock: Clock;
  /** Those that came last are at the end. */
  readonly #found = new Map<string, RecentError>();
  /** Called with each line that counts. */
  onLine: ((line: string) => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Newest first. */
  get list(): readonly RecentError[] {
    return [...this.#found.values()].reverse();
  }

  /** @param line JSON, as pino writes it. */
  write(line: string): void {
    const entry = parsed(line);
    const level = Number(entry['level']);
    if (!(level >= warning)) return;
    this.onLine?.(line);
    const says = text(entry['msg']) ?? 'No message.';
    const cause = entry['err'] as { readonly message?: unknown } | undefined;
    const why = text(cause?.message);
    const key = `${level} ${says}`;
    const known = this.#found.get(key);
    const now = this.#clock.now();
    this.#found.delete(key);
    this.#found.set(key, {
      level: level >= error ? 'error' : 'warning',
      says,
      why: why === says ? null : why,
      count: (known?.count ?? 0) + 1,
      firstAt: known?.firstAt ?? now,
      lastAt: now,
    });
    const [oldest] = this.#found.keys();
    if (this.#found.size > most && oldest !== undefined) this.#found.delete(oldest);
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {}; // no line of ours
  }
}

/** One line, shortened, without the password of an address. */
function text(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  const line = value
    .replace(/\s+/g, ' ')
    .replaceAll('.: ', ': ')
    .replace(/(:\/\/)[^/@\s]+@/g, '$1…@');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
