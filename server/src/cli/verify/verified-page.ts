import type { Finding } from '../../cards/inspect/page-check.ts';
import type { LookedAt } from '../backend/backend.ts';

/** A page, and whether its tags make a card. */
export interface VerifiedPage {
  readonly url: string;
  /** No required tag is missing or wrong. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  /** Why the page could not be looked at. */
  readonly error?: string;
}

export function verified(url: string, { status, findings }: LookedAt): VerifiedPage {
  if (status === 404 || status === 410) return failed(url, `The page answers ${status}.`);
  return { url, ok: findings.every(({ level }) => level !== 'bad'), findings };
}

export function failed(url: string, error: string): VerifiedPage {
  return { url, ok: false, findings: [], error };
}

const marks = { good: '✓', bad: '✗', hint: '!' } as const;

export function line({ tag, level, says }: Finding): string {
  return `${marks[level]} ${tag.padEnd('og:description'.length)}  ${says}`;
}
