import { domainToUnicode } from 'node:url';

/** An origin as people write it: without `https://`, which nearly all have, and with the letters of its own script. */
export function readableHost(origin: string): string {
  const { protocol, hostname, port } = new URL(origin);
  const host = `${domainToUnicode(hostname) || hostname}${port === '' ? '' : `:${port}`}`;
  return protocol === 'https:' ? host : `${protocol}//${host}`;
}
