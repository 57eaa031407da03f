import { Resolver } from 'node:dns/promises';

/** What name servers say, as far as own hosts are proven with it. Names as they are written there. */
export interface DnsRecords {
  /** Where a name leads; empty where it leads nowhere, or nothing is known of it. */
  cname(name: string): Promise<readonly string[]>;
  /** The texts of a name; empty where it has none, or nothing is known of it. */
  txt(name: string): Promise<readonly string[]>;
}

// A name server that answers does so within tens of milliseconds; a person waits for this one.
const patience = { timeout: 1500, tries: 2, maxTimeout: 1500 };
// Of a name with more texts than that nothing is read.
const mostTexts = 100;

/** @param servers to ask, as `127.0.0.1:53`; the system's without them. */
export function dnsRecords(servers?: readonly string[]): DnsRecords {
  const resolver = new Resolver(patience);
  if (servers !== undefined) resolver.setServers(servers);
  return {
    // Whatever goes wrong, nothing is proven by it.
    cname: (name) => resolver.resolveCname(name).catch(() => []),
    txt: async (name) => {
      const found = await resolver.resolveTxt(name).catch(() => []);
      // RFC 7208 §3.3, as everybody reads them: the strings of a record are one text.
      return found.length > mostTexts ? [] : found.map((strings) => strings.join(''));
    },
  };
}
