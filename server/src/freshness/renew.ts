import type { ResponseHead } from '../model/policy.ts';

// RFC 9111 §3.2: fields that describe the stored content or the connection, which a 304 does not replace.
const kept = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-md5',
  'content-range',
  'content-type',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The kept response's head after a `304` (RFC 9111 §4.3.4): each field of the `304` replaces all lines of that name.
 * Its age is the age of the `304`: an `Age` that the `304` does not repeat is gone.
 */
export function renewedBy(stored: ResponseHead, notModified: ResponseHead): ResponseHead {
  const fresh = notModified.headers.filter(([name]) => !kept.has(name));
  const isReplaced = (name: string) => name === 'age' || name === 'date' || fresh.some(([other]) => other === name);
  return {
    url: stored.url,
    status: stored.status,
    headers: [...stored.headers.filter(([name]) => !isReplaced(name)), ...fresh],
    requestTime: notModified.requestTime,
    responseTime: notModified.responseTime,
  };
}

/**
 * Whether a `304` matches the request (RFC 9111 §4.3.4): an entity tag that it names must be the one we sent (weak
 * comparison, RFC 9110 §8.8.3.2); without one, it refers to the validator we sent.
 */
export function matches304(sentEtag: string | undefined, notModified: ResponseHead): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  const named = notModified.headers.find(([name]) => name === 'etag')?.[1];
  return named === undefined || sentEtag === undefined || opaque(named) === opaque(sentEtag);
}
