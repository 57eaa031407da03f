import type { HostName, ProvenHost, Website } from '../model/website.ts';
import type { Websites } from '../store/ports/websites.ts';
import type { AuditLog, Change } from './audit/audit-log.ts';
import type { DnsRecords } from './dns-records.ts';

/** A DNS record for the owner to create. */
export interface WantedRecord {
  readonly type: 'CNAME' | 'TXT';
  readonly name: string;
  readonly value: string;
}

export interface OwnHostsOptions {
  readonly websites: Pick<Websites, 'byOwnHost' | 'proveOwnHost' | 'unproveOwnHost' | 'unproven'>;
  readonly audit: Pick<AuditLog, 'note'>;
  readonly dns: DnsRecords;
  readonly connectionDomain: string;
}

// Bound per round: other people's name servers are asked, and may be slow.
const mostInARound = 100;
const atOnce = 5;

const bySelf = { actor: { kind: 'service' }, address: null } as const;

/**
 * Custom host names of websites. Any website may claim one; it works for the website whose connection its DNS names, by
 * a `CNAME` to the connection address or by a `TXT` record.
 */
export class OwnHosts {
  readonly #options: OwnHostsOptions;

  constructor(options: OwnHostsOptions) {
    this.#options = options;
  }

  /** The DNS records, either of which proves that the host is the website's. */
  recordsFor(website: Website, host: HostName): readonly [WantedRecord, WantedRecord] {
    return [
      { type: 'CNAME', name: host, value: `${website.connection}.${this.#options.connectionDomain}` },
      { type: 'TXT', name: `_ogplus.${host}`, value: website.connection },
    ];
  }

  /** Whether the website may claim the host: it is unclaimed, or the website can prove it now. */
  async isFreeFor(website: Website, host: HostName): Promise<boolean> {
    const holder = await this.#options.websites.byOwnHost(host);
    if (holder === undefined || holder.id === website.id) return true;
    return !(await this.#stillHolds(holder, host)) && (await this.#isProven(website, host));
  }

  /**
   * Checks whether the website's host is proven now, and stores the result. A host that another website has proven stays
   * with it while its proof holds, or where the operator has set it.
   * @param who asked for the check; nobody where the service does it by itself.
   */
  async check(website: Website, who: Omit<Change, 'websiteId'> = bySelf): Promise<'proven' | 'unproven' | 'taken'> {
    const { websites, audit } = this.#options;
    const { ownHost } = website.settings;
    if (ownHost === null) return 'unproven';
    if (website.provenHost?.name === ownHost) return 'proven';
    if (!(await this.#isProven(website, ownHost))) return 'unproven';
    const proof = { name: ownHost, by: 'dns' } as const;
    if (await this.#prove(website, proof, who)) return 'proven';
    const holder = await websites.byOwnHost(ownHost);
    if (holder !== undefined) {
      if (await this.#stillHolds(holder, ownHost)) return 'taken';
      await websites.unproveOwnHost(holder.id, ownHost);
      await audit.note({ websiteId: holder.id, ...bySelf }, { kind: 'website.host-lost', host: ownHost });
    }
    return (await this.#prove(website, proof, who)) ? 'proven' : 'unproven';
  }

  async #prove({ id: websiteId }: Website, proof: ProvenHost, who: Omit<Change, 'websiteId'>): Promise<boolean> {
    const { websites, audit } = this.#options;
    if (!(await websites.proveOwnHost(websiteId, proof))) return false;
    await audit.note({ websiteId, ...who }, { kind: 'website.host-proven', host: proof.name });
    return true;
  }

  /** Checks the unproven ones. */
  async checkAll(): Promise<void> {
    const waiting = await this.#options.websites.unproven(mostInARound);
    const next = waiting.values();
    const work = async () => {
      for (const website of next) await this.check(website);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  async #stillHolds(holder: Website, host: HostName): Promise<boolean> {
    return holder.provenHost?.by === 'operator' || (await this.#isProven(holder, host));
  }

  async #isProven(website: Website, host: HostName): Promise<boolean> {
    const { dns } = this.#options;
    const [cname, txt] = this.recordsFor(website, host);
    const [targets, texts] = await Promise.all([dns.cname(cname.name), dns.txt(txt.name)]);
    return targets.some((target) => spelled(target) === cname.value) || texts.some((text) => text.trim() === txt.value);
  }
}

/** Names ignore case and a trailing dot (RFC 1034 §3.1). */
function spelled(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
