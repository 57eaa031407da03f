import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import type { Network } from '../../model/network.ts';
import { forwardedFor } from './forwarded.ts';

/** The part of a request that says who asks. */
export interface Asking {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: IncomingMessage['headers'];
}

/**
 * The IP address of who asks: that of the connection; where that is a proxy of ours, the one that it says it passes on.
 */
export function clientIp({ socket, headers }: Asking, proxies: readonly Network[]): string {
  const peer = socket.remoteAddress ?? '';
  if (!isWithin(peer, proxies)) return peer;
  const byForwarded = originator(forwardedFor(headers.forwarded), proxies);
  const byFor = originator(listOf(headers['x-forwarded-for']), proxies);
  // A proxy that sets one of the two passes the other on as the client wrote it.
  if (byForwarded !== undefined && byFor !== undefined && byForwarded !== byFor) return peer;
  return byForwarded ?? byFor ?? peer;
}

/**
 * What one client may have many of counts as one: an IPv6 address as its /64, since whoever has one has all of it; IPv4
 * mapped into IPv6 as IPv4.
 */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const parsed = ipaddr.process(ip);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
}

export function isWithin(ip: string, networks: readonly Network[]): boolean {
  if (networks.length === 0 || !ipaddr.isValid(ip)) return false;
  const parsed = ipaddr.process(ip);
  return networks.some(([network, length]) => parsed.kind() === network.kind() && parsed.match([network, length]));
}

/** From the last one on: each proxy of ours vouches for who stands before it, and nobody else does. */
function originator(addresses: readonly string[], proxies: readonly Network[]): string | undefined {
  for (const address of addresses.toReversed()) {
    const bare = bareAddress(address);
    if (!ipaddr.isValid(bare)) return undefined;
    if (!isWithin(bare, proxies)) return bare;
  }
  return undefined;
}

// No request has passed more proxies; the last ones count.
const mostProxies = 20;

function listOf(field: string | string[] | undefined): string[] {
  if (field === undefined) return [];
  return String(field)
    .split(',')
    .slice(-mostProxies)
    .map((part) => part.trim());
}

/** Without the port and the brackets that some write. */
function bareAddress(text: string): string {
  const [, inBrackets] = /^\[([^\]]*)\](?::\d+)?$/.exec(text) ?? [];
  if (inBrackets !== undefined) return inBrackets;
  const [, v4] = /^([\d.]+):\d+$/.exec(text) ?? [];
  return v4 ?? text;
}
