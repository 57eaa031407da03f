import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import type { Network } from '../../model/network.ts';
import { forwardedFor } from './forwarded.ts';

/** What identifies a request's client. */
export interface Asking {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: IncomingMessage['headers'];
}

/** The other end of the client's connection, of requests that an HTTP worker passed on. */
const toldPeers = new WeakMap<Asking, string>();

/** An HTTP worker told where the request came from. */
export function notePeer(asking: Asking, address: string): void {
  toldPeers.set(asking, address);
}

/**
 * The client's IP address: the connection's, or, behind a trusted proxy, the one that the proxy names.
 */
export function clientIp(asking: Asking, proxies: readonly Network[]): string {
  const { socket, headers } = asking;
  const peer = toldPeers.get(asking) ?? socket.remoteAddress ?? '';
  if (!isWithin(peer, proxies)) return peer;
  const byForwarded = originator(forwardedFor(headers.forwarded), proxies);
  const byFor = originator(listOf(headers['x-forwarded-for']), proxies);
  // A proxy that sets only one of the two fields forwards the other as the client wrote it.
  if (byForwarded !== undefined && byFor !== undefined && byForwarded !== byFor) return peer;
  return byForwarded ?? byFor ?? peer;
}

/**
 * The unit of a client's limits: an IPv6 address counts as its /64, since whoever has one has all of it; an IPv4-mapped
 * address counts as IPv4.
 */
export function networkOf(ip: string): string {
  const known = networks.get(ip);
  if (known !== undefined) return known;
  const network = readNetwork(ip);
  networks.set(ip, network);
  return network;
}

// Some 2 MB. A client's requests come from the same address.
const networks = new LRUCache<string, string>({ max: 10_000 });

function readNetwork(ip: string): string {
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

/** From the last one on: a trusted proxy vouches for the address before its own, and nobody else does. */
function originator(addresses: readonly string[], proxies: readonly Network[]): string | undefined {
  for (const address of addresses.toReversed()) {
    const bare = bareAddress(address);
    if (!ipaddr.isValid(bare)) return undefined;
    if (!isWithin(bare, proxies)) return bare;
  }
  return undefined;
}

// No request passes through more proxies; the last ones count.
const mostProxies = 20;

function listOf(field: string | string[] | undefined): string[] {
  if (field === undefined) return [];
  return String(field)
    .split(',')
    .slice(-mostProxies)
    .map((part) => part.trim());
}

/** Without port and brackets. */
function bareAddress(text: string): string {
  const [, inBrackets] = /^\[([^\]]*)\](?::\d+)?$/.exec(text) ?? [];
  if (inBrackets !== undefined) return inBrackets;
  const [, v4] = /^([\d.]+):\d+$/.exec(text) ?? [];
  return v4 ?? text;
}
