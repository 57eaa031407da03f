/**
 * The origin that a request was sent to, where the service's public address is this machine and the request's `Host` is,
 * too: `localhost`, `127.0.0.1` and `[::1]` are the same place then, and the port may be one that was found at the start.
 */
export function loopbackOrigin(url: string, host: string | undefined): string | undefined {
  if (host === undefined || !isLoopback(url) || !URL.canParse(`http://${host}`)) return undefined;
  const { origin } = new URL(`http://${host}`);
  return isLoopback(origin) ? origin : undefined;
}

/** The base of links for who asks: the public address, or where it was asked at, on the same machine. */
export function ownBase(url: string, host: string | undefined): string {
  return loopbackOrigin(url, host) ?? url;
}

function isLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
