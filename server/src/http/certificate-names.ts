import type { FastifyInstance } from 'fastify';
import type { Directory } from '../websites/directory.ts';
import type { OwnNames } from './connection/own-names.ts';
import { ownHostsIn, parseImageAddress } from './images/image-address.ts';

export interface CertificateNamesOptions extends OwnNames {
  readonly directory: Directory;
  readonly connectionDomain: string;
}

// RFC 1035 §2.3.4
const longestName = 253;

const query = {
  type: 'object',
  required: ['domain'],
  properties: { domain: { type: 'string', minLength: 1, maxLength: longestName } },
} as const;

/**
 * Tells a proxy that issues certificates on demand which names are the service's: `GET /tls/allowed?domain={name}`
 * answers 200 or 404, as Caddy's `on_demand_tls` asks. It tells no more than a request to the name itself would.
 */
export function addCertificateNames(app: FastifyInstance, options: CertificateNamesOptions): void {
  const { directory, url, hosts, connectionDomain } = options;
  const isOwnHost = ownHostsIn(directory, options);

  const isServed = async (domain: string): Promise<boolean> => {
    const name = domain.toLowerCase().replace(/\.$/, '');
    if (name === new URL(url).hostname || hosts.includes(name)) return true;
    const address = parseImageAddress(name, '/', connectionDomain, isOwnHost);
    if (address?.kind === 'own-host') return true;
    if (address?.kind !== 'connection' || address.key === undefined) return false;
    return (await directory.byConnection(address.key)) !== undefined;
  };

  app.get<{ Querystring: { domain: string } }>(
    '/tls/allowed',
    { schema: { querystring: query } },
    async (req, reply) => {
      const served = await isServed(req.query.domain);
      reply
        .code(served ? 200 : 404)
        .header('cache-control', 'no-store')
        .type('text/plain; charset=utf-8');
      return served ? 'This name is served.\n' : 'No website has this name.\n';
    },
  );
}
