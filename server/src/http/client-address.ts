import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import type { Network } from '../config.ts';
import { forwardedFor } from './forwarded.ts';

/**
 * Who asks: the address of the connection; where that is a proxy of ours, the one that it says it passes on. IPv6
 * addresses as their /64, since whoever has one has all of it.
 */
export function clientAddress(req: IncomingMessage, proxies: readonly Network[]): string {
  const peer = req.socket.remoteAddress ?? '';
  if (proxies.length === 0 || !isOurs(peer, proxies)) return networkOf(peer);
  const [byForwarded, byFor] = [
    originator(forwardedFor(req.headers.forwarded), proxies),
    originator(listOf(req.headers['x-forwarded-for']), proxies),
  ];
  // A proxy that sets one of the two passes the other on as the client wrote it.
  if (byForwarded !== undefined && byFor !== undefined && byForwarded !== byFor) return networkOf(peer);
  return byForwarded ?? byFor ?? networkOf(peer);
}

/** From the last one on: each proxy of ours vouches for who stands before it, and nobody else does. */
function originator(addresses: readonly string[], proxies: readonly Network[]): string | undefined {
  for (const address of addresses.toReversed()) {
    const bare = bareAddress(address);
    if (!ipaddr.isValid(bare)) return undefined;
    if (!isOurs(bare, proxies)) return networkOf(bare);
  }
  return undefined;
}

function listOf(field: string | string[] | undefined): string[] {
  return field === undefined
    ? []
    : String(field)
        .split(',', mostProxies)
        .map((part) => part.trim());
}

// No request has passed more of them.
const mostProxies = 20;

/** Without the port and the brackets that some write. */
function bareAddress(text: string): string {
  const [, inBrackets] = /^\[([^\]]*)\](?::\d+)?$/.exec(text) ?? [];
  if (inBrackets !== undefined) return inBrackets;
  const [, v4] = /^([\d.]+):\d+$/.exec(text) ?? [];
  return v4 ?? text;
}

function isOurs(address: string, proxies: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return proxies.some(([network, length]) => parsed.kind() === network.kind() && parsed.match([network, length]));
}

function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address); // IPv4 mapped into IPv6 is IPv4
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
}
