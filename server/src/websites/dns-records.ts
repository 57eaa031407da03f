import { Resolver } from 'node:dns/promises';

/** DNS look-ups for proving custom host names. Names as the zone spells them. */
export interface DnsRecords {
  /** The targets of a name's CNAME; empty without one, or on an error. */
  cname(name: string): Promise<readonly string[]>;
  /** The TXT records of a name; empty without any, or on an error. */
  txt(name: string): Promise<readonly string[]>;
}

// A name server usually answers within tens of milliseconds; a person waits for this.
const patience = { timeout: 1500, tries: 2, maxTimeout: 1500 };
// Names with more records than this are ignored.
const mostTexts = 100;

/** @param servers such as `127.0.0.1:53`; the system's by default. */
export function dnsRecords(servers?: readonly string[]): DnsRecords {
  const resolver = new Resolver(patience);
  if (servers !== undefined) resolver.setServers(servers);
  return {
    // An error proves nothing.
    cname: (name) => resolver.resolveCname(name).catch(() => []),
    txt: async (name) => {
      const found = await resolver.resolveTxt(name).catch(() => []);
      // RFC 7208 §3.3, common practice: the strings of a record are joined.
      return found.length > mostTexts ? [] : found.map((strings) => strings.join(''));
    },
  };
}
