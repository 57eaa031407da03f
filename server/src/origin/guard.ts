import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import type { Network } from '../model/network.ts';
import { Problem } from '../model/problem.ts';
import { type Address, isLoopback, readAddress, specialKind } from './special-addresses.ts';

/** A checked address: the one to connect to, so that a name that changes its answer gains nothing. */
export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Decides which addresses may be reached (SECURITY.md). All outgoing connections share one. */
export interface Guard {
  /**
   * Checks the scheme and port, and a host that is an IP address.
   * @throws {Problem} `address-refused`, naming the rule.
   */
  checkUrl(url: URL): void;
  /** As `checkUrl`, for an origin as `URL` writes it. Remembers what passed. */
  checkOrigin(origin: string): void;
  /**
   * Resolves a host name once and checks every address; returns only those that may be connected to.
   * @throws {Problem} `address-refused`, naming the rule, if there are none; `origin-failed` if the name has no address.
   */
  resolve(hostname: string, port: number): Promise<readonly CheckedAddress[]>;
  /**
   * Blocks this port of this machine whatever is allowed: the service itself listens there, and a page must neither read
   * its health and metrics nor render itself. Returns a function that unblocks it.
   */
  closePort(port: number): () => void;
}

/** The addresses of a host name. Rejects if there are none. */
export type LookUp = (hostname: string) => Promise<readonly string[]>;

/**
 * @param allowed networks that are open even if a rule would refuse them.
 * @param lookUp resolves names; the system's resolver by default.
 */
export function createGuard(allowed: readonly Network[], lookUp: LookUp = systemLookUp): Guard {
  const ownPorts = new Set<{ readonly port: number }>();
  /** Origins that may be reached, until another port of ours opens. */
  const passed = new LRUCache<string, true>({ max: 1000 });
  const isOwn = (port: number) => [...ownPorts].some((own) => own.port === port);
  const why = (address: Address, port: number): string | null => {
    if (isOwn(port) && isThisMachine(address)) return `${address} port ${port} is this service itself.`;
    const kind = specialKind(address);
    if (kind === null || allowed.some((network) => contains(network, address))) return null;
    return `${address} is ${kind} address. To allow it, set OGPLUS_ALLOW_NETWORKS=${address}.`;
  };

  const guard: Guard = {
    checkUrl(url) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        throw refused(url.protocol, 'only http and https are fetched.');
      }
      const port = portOf(url);
      if (port !== 80 && port !== 443 && port < 1024) {
        throw refused(`port ${port}`, 'only ports 80, 443 and those above 1023 are allowed.');
      }
      const address = literal(url.hostname);
      const refusal = address === undefined ? null : why(address, port);
      if (refusal !== null) throw refused(url.hostname, refusal);
    },

    checkOrigin(origin) {
      if (passed.get(origin) === true) return;
      const url = new URL(origin);
      guard.checkUrl(url);
      if (!isOwn(portOf(url))) passed.set(origin, true); // this machine's addresses come and go
    },

    async resolve(hostname, port) {
      const written = literal(hostname);
      const found = written === undefined ? await addressesOf(hostname, lookUp) : [written];
      const refusals = found.map((address) => why(address, port)).filter((refusal) => refusal !== null);
      const [refusal] = refusals;
      const open = found.filter((address) => why(address, port) === null);
      // No honest name has both public and refused addresses. For networks that the operator opened, the open ones are used.
      const isTrap = refusal !== undefined && found.some((address) => specialKind(address) === null);
      if (refusal !== undefined && (isTrap || open.length === 0)) throw refused(hostname, refusal);
      return open.map((address) => ({ address: address.toString(), family: address.kind() === 'ipv4' ? 4 : 6 }));
    },

    closePort(port) {
      const own = { port };
      ownPorts.add(own);
      passed.clear();
      return () => void ownPorts.delete(own);
    },
  };
  return guard;
}

/** The port to connect to. */
export function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

function refused(what: string, why: string): Problem {
  return new Problem('address-refused', `${what} may not be reached: ${why}`);
}

// Some 2 MB. Every fetch of a website asks for the same.
const readHosts = new LRUCache<string, { readonly address: Address | undefined }>({ max: 10_000 });

function literal(hostname: string): Address | undefined {
  const known = readHosts.get(hostname);
  if (known !== undefined) return known.address;
  const address = readLiteral(hostname);
  readHosts.set(hostname, { address });
  return address;
}

/**
 * The IP address in a URL's host, if it is one. The URL parser has normalised every spelling; a host from elsewhere in
 * another spelling is refused, because not everyone reads it as the same address.
 */
function readLiteral(hostname: string): Address | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) return readAddress(bare);
  if (ipaddr.isValid(bare)) throw refused(hostname, 'an IP address must be in its standard form.');
  return undefined;
}

async function addressesOf(hostname: string, lookUp: LookUp): Promise<Address[]> {
  const found = await lookUp(hostname).catch(() => []);
  if (found.length === 0) throw new Problem('origin-failed', `The host name ${hostname} has no address.`);
  return found.map(readAddress);
}

async function systemLookUp(hostname: string): Promise<string[]> {
  const found = await lookup(hostname, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
}

/** Checked each time: addresses come and go while the service runs. */
function isThisMachine(address: Address): boolean {
  if (isLoopback(address)) return true;
  const own = Object.values(networkInterfaces()).flatMap((of) => of ?? []);
  return own.some((one) => readAddress(one.address).toString() === address.toString());
}

function contains([network, length]: Network, address: Address): boolean {
  if (network instanceof ipaddr.IPv4) return address instanceof ipaddr.IPv4 && address.match(network, length);
  // A network of IPv4-mapped addresses is the IPv4 network; wider IPv6 networks contain no IPv4 address.
  if (network.isIPv4MappedAddress() && length >= 96) return contains([network.toIPv4Address(), length - 96], address);
  return address instanceof ipaddr.IPv6 && address.match(network, length);
}
