import type { StoredResponse } from '../model/card.ts';
import type { Explanation } from '../model/decision.ts';
import type { LifetimeSource, Policy } from '../model/policy.ts';
import type { EpochMs, Seconds } from '../model/units.ts';
import { advice } from './advice.ts';
import { statusOf } from './page-status.ts';
import { span } from './span.ts';

/** How the response is judged, and what that means for its card. */
export function explain(stored: StoredResponse, now: EpochMs): Explanation {
  const { policy } = stored;
  const isGone = stored.head.status === 404 || stored.head.status === 410;
  const card = isGone ? [] : [...staleReasons(policy), ...versionReasons(stored), ...varyReasons(policy)];
  return {
    verdict: statusOf(stored, now).says,
    reasons: [...lifetimeReasons(policy), ...card],
    ignored: policy.remarks.map(({ what, why }) => `${what} — ${why}`),
    advice: advice(stored, now),
  };
}

const sources: Readonly<Record<Exclude<LifetimeSource, 'none'>, string>> = {
  'og:plus:cache:max_age': 'the tag og:plus:cache:max_age, which overrides every header',
  'CDN-Cache-Control: max-age': 'CDN-Cache-Control: max-age, which overrides Cache-Control',
  'CDN-Cache-Control: s-maxage': 'CDN-Cache-Control: s-maxage, which overrides Cache-Control',
  'Cache-Control: s-maxage': 'Cache-Control: s-maxage, which is meant for shared caches',
  'Cache-Control: max-age': 'Cache-Control: max-age',
  Expires: 'Expires',
  'website default': "the website's default max-age, because the page declares no freshness",
  heuristic: 'a tenth of the time since Last-Modified, because the page declares no freshness',
};

function lifetimeReasons(policy: Policy): string[] {
  if (policy.storeForbiddenBy !== null) return [`${policy.storeForbiddenBy} forbids keeping the page.`];
  const age = policy.initialAge >= 1 ? ` The response was ${span(policy.initialAge)} old when it arrived.` : '';
  if (policy.askAlwaysBy !== null) return [`${policy.askAlwaysBy} requires a check with the site for every request.`];
  if (policy.lifetimeFrom === 'none') return ['The page declares no lifetime in its headers or tags.'];
  return [`The lifetime is ${span(policy.lifetime)}, from ${sources[policy.lifetimeFrom]}.${age}`];
}

function staleReasons({ stale, validators, storeForbiddenBy, askAlwaysBy, lifetime }: Policy): string[] {
  if (storeForbiddenBy !== null) return [];
  const when = askAlwaysBy !== null || lifetime === 0 ? 'Each time' : 'After that';
  const { etag, lastModified } = validators;
  const names = [
    ...(etag === undefined ? [] : [`ETag ${etag}`]),
    ...(lastModified === undefined ? [] : ['Last-Modified']),
  ];
  const then =
    names.length > 0
      ? `${when}, one conditional request (${names.join(' and ')}) asks whether the page changed; a 304 needs no drawing.`
      : `${when}, the page is fetched and drawn again.`;
  return [then, ...oldCardReasons(stale, askAlwaysBy)];
}

/** When an old card is sent: by the same windows as `judge`. */
function oldCardReasons(
  { forbiddenBy, whileRevalidate, ifError }: Policy['stale'],
  askAlwaysBy: string | null,
): string[] {
  const by = forbiddenBy ?? askAlwaysBy;
  if (by !== null) return [`${by} forbids sending an old card, even when the site is slow or fails.`];
  if (whileRevalidate === null) return [sentOld('is slow or fails', ifError)];
  if (whileRevalidate === 0) return ['When the site is slow, no old card is sent.', sentOld('fails', ifError)];
  return [
    `For ${span(whileRevalidate)} more, the old card is sent at once while it is renewed (stale-while-revalidate).`,
    sentOld(ifError === 0 ? 'fails after that' : 'fails', ifError),
  ];
}

function sentOld(when: string, window: Seconds | null): string {
  if (window === 0) return `When the site ${when}, no old card is sent.`;
  const length = window === null ? '' : ` for ${span(window)} (stale-if-error)`;
  return `When the site ${when}, the old card is sent${length}.`;
}

function varyReasons({ vary }: Policy): string[] {
  const parts = vary.flatMap(([name]) =>
    name === 'user-agent' ? ['network'] : name === 'accept-language' ? ['language'] : [],
  );
  return parts.length === 0 ? [] : [`Vary: a card is kept per ${parts.join(' and ')}.`];
}

function versionReasons({ policy, versionTag }: StoredResponse): string[] {
  if (versionTag === null || policy.storeForbiddenBy !== null) return [];
  return [`og:plus:cache:etag "${versionTag}": the page is drawn again only when this value changes.`];
}
