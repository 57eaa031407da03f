import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The address a socket connects to: a mapped one (`::ffff:10.0.0.1`) is an IPv4 address. */
export function readAddress(text: string): Address {
  return ipaddr.process(text.replace(/^\[|\]$|%.*$/g, ''));
}

/** The kind of a non-public address, in words; null for public unicast (IANA's special-purpose registries). */
export function specialKind(address: Address): string | null {
  const inner = leadsTo(address);
  if (inner !== null && specialKind(inner) !== null) return specialKind(inner);
  if (metadata.some((known) => known.toString() === address.toString())) return 'a cloud-metadata';
  const range = address.range();
  if (range === 'rfc6052' && inner !== null) return null;
  if (range === 'unicast' && (address instanceof ipaddr.IPv4 || address.match(globalUnicast, 3))) return null;
  return words[range] ?? 'a reserved';
}

/** Whether it always refers to the connecting machine itself. */
export function isLoopback(address: Address): boolean {
  return ['loopback', 'unspecified'].includes(address.range());
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

// Azure's host agent uses a formally public address (learn.microsoft.com, "What is IP address 168.63.129.16"). Other
// clouds' metadata addresses are link-local, private or carrier-grade NAT, and refused as such.
const metadata = [ipaddr.IPv4.parse('168.63.129.16')];

// RFC 4291 §2.4 and IANA: only 2000::/3 is assigned; compatible, translated and site-local addresses lie outside.
const globalUnicast = ipaddr.IPv6.parse('2000::');
const nat64 = ipaddr.IPv6.parse('64:ff9b::');

/**
 * The IPv4 address that an IPv6 address is translated to: NAT64's well-known prefix (RFC 6052), which networks without
 * IPv4 need, and ISATAP (RFC 5214 §6.1). 6to4 and Teredo, no longer in public use (RFC 7526), are refused entirely.
 */
function leadsTo(address: Address): ipaddr.IPv4 | null {
  if (address instanceof ipaddr.IPv4) return null;
  const bytes = address.toByteArray();
  const isIsatap = [0, 2].includes(bytes[8] ?? 1) && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe;
  return address.match(nat64, 96) || isIsatap ? new ipaddr.IPv4(bytes.slice(12)) : null;
}
