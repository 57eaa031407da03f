import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The address that a socket would go to: a mapped one (`::ffff:10.0.0.1`) is the IPv4 address that it names. */
export function readAddress(text: string): Address {
  return ipaddr.process(text.replace(/^\[|\]$|%.*$/g, ''));
}

/** What kind of address it is, in words, where it is not public; null for public unicast (IANA's special-purpose registries). */
export function specialKind(address: Address): string | null {
  const inner = leadsTo(address);
  if (inner !== null && specialKind(inner) !== null) return specialKind(inner);
  if (metadata.some((known) => known.toString() === address.toString())) return 'a cloud-metadata';
  const range = address.range();
  if (range === 'rfc6052' && inner !== null) return null;
  if (range === 'unicast' && (address instanceof ipaddr.IPv4 || address.match(globalUnicast, 3))) return null;
  return words[range] ?? 'a reserved';
}

/** Whether it leads back to the machine that connects to it, whatever that machine is called. */
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

// Azure's host agent answers on an address that is public in form (learn.microsoft.com, "What is IP address 168.63.129.16").
// The others' are link-local, private or carrier-grade NAT addresses, and refused as such.
const metadata = [ipaddr.IPv4.parse('168.63.129.16')];

// RFC 4291 §2.4 and IANA: nothing but 2000::/3 is given out; compatible, translated and site-local addresses lie outside.
const globalUnicast = ipaddr.IPv6.parse('2000::');
const nat64 = ipaddr.IPv6.parse('64:ff9b::');

/**
 * The IPv4 address that an IPv6 address is carried to: NAT64's well-known prefix (RFC 6052), which networks without IPv4
 * need, and ISATAP (RFC 5214 §6.1). 6to4 and Teredo, which nothing public uses any more (RFC 7526), are refused whole.
 */
function leadsTo(address: Address): ipaddr.IPv4 | null {
  if (address instanceof ipaddr.IPv4) return null;
  const bytes = address.toByteArray();
  const isIsatap = [0, 2].includes(bytes[8] ?? 1) && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe;
  return address.match(nat64, 96) || isIsatap ? new ipaddr.IPv4(bytes.slice(12)) : null;
}
