import type { Takes } from './takes.ts';

/** A process's environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One environment variable. `docs/settings.md` shows these as a table. */
export interface Setting<T> {
  readonly takes: Takes<T>;
  /** The text that counts where the variable is unset or empty; undefined: its value is undefined then. */
  readonly default: string | undefined;
  /** The default as the table shows it, in Markdown. */
  readonly shownDefault: string;
  /** In Markdown, with links from `docs/settings.md`. */
  readonly meaning: string;
  /** Its value is never shown. */
  readonly isSecret: boolean;
}

/** A setting with a default; an empty one is shown as "none". */
export function setting<T>(takes: Takes<T>, fallback: string, meaning: string): Setting<T> {
  const shownDefault = fallback === '' ? 'none' : `\`${fallback}\``;
  return { takes, default: fallback, shownDefault, meaning, isSecret: false };
}

/** A setting that may be undefined. @param shownDefault what is done then, in Markdown. */
export function optional<T>(takes: Takes<T>, shownDefault: string, meaning: string): Setting<T | undefined> {
  return { takes, default: undefined, shownDefault, meaning, isSecret: false };
}

/** As `optional`, for a value that is never shown. */
export function secret<T>(takes: Takes<T>, shownDefault: string, meaning: string): Setting<T | undefined> {
  return { ...optional(takes, shownDefault, meaning), isSecret: true };
}

/** An invalid setting: one line that says which and why. */
export class SettingError extends Error {
  constructor(name: string, value: string, why: string) {
    super(`${name}=${withoutPassword(value)}: ${why}`);
    this.name = 'SettingError';
  }
}

/** An address as it may be shown. */
function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^/@]*?):[^/]*@/, '$1:…@');
}

/** Reads one setting. @throws {SettingError} */
export function readSetting<T>(env: Environment, name: string, setting: Setting<T>): T {
  const text = env[name]?.trim() || setting.default;
  // `optional` and `secret` alone have no default, and their values may be undefined.
  if (text === undefined) return undefined as T;
  try {
    return setting.takes.read(text);
  } catch (error) {
    throw new SettingError(name, setting.isSecret ? '…' : text, error instanceof Error ? error.message : String(error));
  }
}
