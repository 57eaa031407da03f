/**
 * The request's origin, if both the service's public address and the request's `Host` are this machine: `localhost`,
 * `127.0.0.1` and `[::1]` are then the same, and the port may have been chosen at startup.
 */
export function loopbackOrigin(url: string, host: string | undefined): string | undefined {
  if (host === undefined || !isLoopback(url)) return undefined;
  const origin = URL.parse(`http://${host}`)?.origin;
  return origin !== undefined && isLoopback(origin) ? origin : undefined;
}

/** The base of links for a caller: the public address, or the address it used on the same machine. */
export function ownBase(url: string, host: string | undefined): string {
  return loopbackOrigin(url, host) ?? url;
}

function isLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
