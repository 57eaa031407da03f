import type { StoredResponse } from '../model/card.ts';
import type { CachingFault } from '../model/fault.ts';
import type { Policy } from '../model/policy.ts';
import type { EpochMs } from '../model/units.ts';
import { judge } from './judge.ts';
import { span } from './span.ts';

// If a page changes during a lifetime longer than this, networks show an old card for too long.
const longLifetime = 7 * 86_400;

/** What could be better about how long the page is kept, by its name; null where it is cached well. */
export function cachingFault({ head, policy, versionTag }: StoredResponse, now: EpochMs): CachingFault | null {
  if (head.status === 404 || head.status === 410) return null;
  if (policy.storeForbiddenBy !== null) return 'never-kept';
  if (judge(policy, now).kind !== 'fresh') return 'asked-each-time';
  return policy.lifetime > longLifetime && versionTag === null ? 'kept-long' : null;
}

/** What the page's owner could do better, a paragraph each; none where the card is cached well. */
export function advice(stored: StoredResponse, now: EpochMs): string[] {
  const { policy } = stored;
  const fault = cachingFault(stored, now);
  if (fault === null) return [];
  if (fault === 'kept-long') return [adviseToPurge(policy)];
  if (policy.storeForbiddenBy !== null) return [allowKeeping(policy.storeForbiddenBy)];
  const isSilent = policy.lifetimeFrom === 'none' && policy.askAlwaysBy === null;
  const otherwise = isSilent ? ` ${defaultMaxAge}` : '';
  return [
    hasValidator(policy)
      ? `Every request from a network causes a request to the site. Cache-Control: max-age=300 or more would avoid most of them.${otherwise}`
      : `${eachTime} Send Cache-Control: max-age=3600, or an ETag, or both.${otherwise}`,
  ];
}

function hasValidator({ validators }: Policy): boolean {
  return validators.etag !== undefined || validators.lastModified !== undefined;
}

const eachTime = 'Every request from a network causes a fetch and a drawing.';

const defaultMaxAge =
  'If you cannot change the headers, set a default max-age for the website: npx ogplus site settings <website> --default-max-age 3600, or Default lifetime in the dashboard settings.';

/** For `private` and `no-store`, which frameworks send for pages that are the same for everybody. */
function allowKeeping(forbiddenBy: string): string {
  const [field = '', directive = ''] = forbiddenBy.split(': ', 2);
  const tag = 'the tag og:plus:cache:max_age';
  if (directive === '') return `${eachTime} Send Cache-Control: max-age=3600, or give the page ${tag}.`;
  const instead = `If visitors who are not signed in all see the same page, send ${field}: public, max-age=3600 instead of ${directive}`;
  // RFC 9213: it overrides Cache-Control here, and browsers ignore it.
  const beside = field === 'Cache-Control' ? '; or keep that for browsers and add CDN-Cache-Control: max-age=3600' : '';
  return `${eachTime} ${instead}${beside}; or give the page ${tag}.`;
}

function adviseToPurge({ lifetime }: Policy): string {
  return `Changes to the page show up only after ${span(lifetime)}. Purge the page when it changes (npx ogplus cache rm <page>, the API or the dashboard), or give it the tag og:plus:cache:etag with a value that changes with the page.`;
}
