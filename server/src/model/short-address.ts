import { Problem } from './problem.ts';

/**
 * The IP address that the URL standard reads in the host of an address, where it is not written as one: it takes `1.5` for
 * 1.0.0.5 and `0x7f.1` for 127.0.0.1, which nobody means who types it. Undefined for all other hosts.
 * @param text an address with a scheme, as it was written.
 */
export function shortAddress(text: string): { readonly written: string; readonly means: string } | undefined {
  const url = URL.parse(text);
  if (url === null || !/^\d+\.\d+\.\d+\.\d+$/.test(url.hostname)) return undefined;
  const [, authority = ''] = /^[^:]*:[/\\]*([^/\\?#]*)/.exec(text.trim()) ?? [];
  const written = authority.replace(/^.*@/, '').replace(/:\d*$/, '');
  return written.replace(/\.$/, '') === url.hostname ? undefined : { written, means: url.hostname };
}

/** @param text an address with a scheme. @throws {Problem} `address-refused` for the short spelling of an IP address. */
export function refuseShortAddress(text: string): void {
  const short = shortAddress(text);
  if (short === undefined) return;
  const { written, means } = short;
  const message = `"${written}" would be read as the IP address ${means}. Write its four numbers, or a host name.`;
  throw new Problem('address-refused', message);
}
