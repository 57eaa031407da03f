import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import type { Network } from '../config.ts';
import { Failure } from '../errors.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address that was checked: the one to connect to, so that a name that changes its answer gains nothing. */
export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Decides which addresses may be reached (SPEC section 8). One of it stands before all that leaves. */
export interface Guard {
  /**
   * Checks scheme and port, and a host that is written as an address.
   * @throws {Failure} `address-refused`, naming the rule.
   */
  checkUrl(url: URL): void;
  /**
   * Resolves a host name once and judges every address it has; gives those that may be connected to, and no other.
   * @throws {Failure} `address-refused`, naming the rule, where there is none; `origin-failed` where the name has no address.
   */
  resolve(hostname: string): Promise<readonly CheckedAddress[]>;
}

/** @param allowed networks that are open although a rule would refuse them. */
export function createGuard(allowed: readonly Network[]): Guard {
  const isOpen = (address: Address): boolean =>
    refusedAs(address) === null || allowed.some((network) => contains(network, address));
  const check = (hostname: string, address: Address): void => {
    if (isOpen(address)) return;
    const written = address.toString();
    throw refused(hostname, `${written} is ${refusedAs(address)}. OGPLUS_ALLOW_NETWORKS=${written} would open it.`);
  };

  return {
    checkUrl(url) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        throw refused(url.protocol, 'only http and https addresses are fetched.');
      }
      const port = Number(url.port);
      if (url.port !== '' && port !== 80 && port !== 443 && port < 1024) {
        throw refused(`port ${port}`, 'only ports 80, 443 and those above 1023 are reached.');
      }
      const address = literal(url.hostname);
      if (address !== undefined) check(url.hostname, address);
    },

    async resolve(hostname) {
      const written = literal(hostname);
      const found = written === undefined ? await addressesOf(hostname) : [written];
      const open = found.filter((address) => isOpen(address));
      if (open.length === 0) for (const address of found) check(hostname, address);
      return open.map((address) => ({ address: address.toString(), family: address.kind() === 'ipv4' ? 4 : 6 }));
    },
  };
}

function refused(what: string, why: string): Failure {
  return new Failure('address-refused', `${what} may not be reached: ${why}`);
}

/** The address that a URL's host is written as; the URL parser has made every spelling of IPv4 the dotted one. */
function literal(hostname: string): Address | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? ipaddr.parse(bare) : undefined;
}

async function addressesOf(hostname: string): Promise<Address[]> {
  try {
    const found = await lookup(hostname, { all: true, order: 'verbatim' });
    return found.map(({ address }) => ipaddr.parse(address.replace(/%.*$/, '')));
  } catch {
    throw new Failure('origin-failed', `The host name ${hostname} has no address.`);
  }
}

/** What kind of address it is, where its kind is refused; null for public unicast. */
function refusedAs(address: Address): string | null {
  const inner = embeddedIPv4(address);
  if (inner !== null) return refusedAs(inner);
  const range = address.range();
  if (range === 'unicast' && !(address.kind() === 'ipv6' && !isGlobalUnicast(address as ipaddr.IPv6))) return null;
  return `${words[range] ?? 'a reserved'} address`;
}

const words: Readonly<Record<string, string>> = {
  loopback: 'a loopback',
  private: 'a private',
  uniqueLocal: 'a private',
  linkLocal: 'a link-local',
  carrierGradeNat: 'a carrier-grade NAT',
  multicast: 'a multicast',
  broadcast: 'a broadcast',
  unspecified: 'an unspecified',
};

/** Only 2000::/3 is given out as global unicast (RFC 4291 §2.4, IANA); the rest of the space is reserved. */
function isGlobalUnicast(address: ipaddr.IPv6): boolean {
  return address.match(ipaddr.IPv6.parse('2000::'), 3);
}

/** The IPv4 address that an IPv6 address leads to: mapped, compatible, NAT64, 6to4. Teredo is refused as reserved. */
function embeddedIPv4(address: Address): ipaddr.IPv4 | null {
  if (!(address instanceof ipaddr.IPv6)) return null;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  const at = (from: number) => new ipaddr.IPv4(bytes.slice(from, from + 4));
  if (address.match(ipaddr.IPv6.parse('64:ff9b::'), 96)) return at(12);
  if (address.match(ipaddr.IPv6.parse('2002::'), 16)) return at(2);
  const compatible = address.match(ipaddr.IPv6.parse('::'), 96) && bytes[12] !== 0;
  return compatible ? at(12) : null;
}

function contains([network, length]: Network, address: Address): boolean {
  if (network instanceof ipaddr.IPv4 && address instanceof ipaddr.IPv4) return address.match(network, length);
  if (network instanceof ipaddr.IPv6 && address instanceof ipaddr.IPv6) return address.match(network, length);
  // A mapped address is the IPv4 address it names.
  if (network instanceof ipaddr.IPv4 && address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
    return address.toIPv4Address().match(network, length);
  }
  return false;
}
