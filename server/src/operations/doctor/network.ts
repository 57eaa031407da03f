import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { connect, type PeerCertificate } from 'node:tls';
import type { Config } from '../../config.ts';
import { bad, type Check, type Finding, good, hint, reasonOf } from './check.ts';

const timeoutMs = 5000;
const dayMs = 86_400_000;
// Certificates are renewed a month before they end; two weeks before, something keeps them from it.
const leastDaysLeft = 14;

/** From this machine: how the public names look from outside is for a machine elsewhere to say. */
export function networkChecks(config: Config): Check[] {
  const url = new URL(config.url);
  const isPublic = !isLocal(url.hostname);
  // No website's connection, but below the same wildcard.
  const wildcard = `doctor${randomBytes(4).toString('hex')}.${config.connectionDomain}`;
  const isWildcardPublic = !isLocal(config.connectionDomain);
  return [
    { name: 'public address', find: async () => publicAddress(config, isPublic, isWildcardPublic) },
    ...(isPublic ? [{ name: 'DNS', find: () => resolves(url.hostname, 'OGPLUS_URL') }] : []),
    ...(isWildcardPublic ? [{ name: 'wildcard name', find: () => resolvesWildcard(wildcard, config) }] : []),
    ...(url.protocol === 'https:'
      ? [
          { name: 'TLS', find: () => certificate(url.hostname, url) },
          ...(isWildcardPublic ? [{ name: 'wildcard TLS', find: () => certificate(wildcard, url) }] : []),
        ]
      : []),
    ...(isPublic ? [{ name: 'service', find: () => service(config) }] : []),
    ...(isWildcardPublic ? [{ name: 'proxy: Host', find: () => hostHeader(wildcard, url) }] : []),
    { name: 'proxy: client address', find: async () => clientAddress(config, isPublic) },
  ];
}

function isLocal(name: string): boolean {
  return /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0)$/.test(name);
}

function publicAddress({ url, connectionDomain }: Config, isPublic: boolean, isWildcardPublic: boolean): Finding {
  if (!isPublic && !isWildcardPublic) {
    return hint(
      `${url}: social networks cannot reach this address`,
      'To make it public, set OGPLUS_URL=https://ogplus.example.com and OGPLUS_CONNECTION_DOMAIN=cards.example.com.',
    );
  }
  if (isPublic && !isWildcardPublic) {
    return bad(
      `${url} is public, but the connection addresses end in ${connectionDomain}`,
      'Set OGPLUS_CONNECTION_DOMAIN to a domain whose subdomains point here: cards.example.com.',
    );
  }
  if (!isPublic) {
    return bad(
      `connection addresses end in ${connectionDomain}, but OGPLUS_URL is ${url}`,
      'Set OGPLUS_URL to the public address of the service: its scheme and port are those of the connection addresses.',
    );
  }
  if (url.startsWith('http:')) {
    return hint(
      `${url} is not encrypted`,
      'Put a proxy with TLS in front (docs/guides/deploy.md), and set OGPLUS_URL=https://…',
    );
  }
  return good(`${url}, cards at https://{connection}.${connectionDomain}`);
}

async function addressesOf(name: string): Promise<string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}

async function resolves(name: string, setting: string): Promise<Finding> {
  try {
    return good(`${name} is ${(await addressesOf(name)).join(', ')}`);
  } catch (error) {
    return bad(
      `${name} has no address: ${reasonOf(error)}`,
      `Add a DNS record (A or AAAA) for it, or correct ${setting}.`,
    );
  }
}

async function resolvesWildcard(name: string, { connectionDomain, url }: Config): Promise<Finding> {
  const host = new URL(url).hostname;
  try {
    const found = await addressesOf(name);
    const own = await addressesOf(host).catch((): string[] => []);
    const says = `*.${connectionDomain} is ${found.join(', ')}`;
    if (own.length === 0 || found.some((address) => own.includes(address))) return good(says);
    return hint(`${says}, not the address of ${host}`, 'If one machine serves both, point both names to it.');
  } catch (error) {
    return bad(
      `*.${connectionDomain} has no address: ${reasonOf(error)}`,
      `Add a DNS record for the wildcard: *.${connectionDomain} CNAME ${host}.`,
    );
  }
}

async function certificate(name: string, { hostname, port }: URL): Promise<Finding> {
  const wanted = name === hostname ? name : `*${name.slice(name.indexOf('.'))}`;
  let peer: PeerCertificate;
  try {
    peer = await certificateOf(name, Number(port || 443));
  } catch (error) {
    const mend =
      name === hostname
        ? 'Let the proxy get a certificate for it'
        : 'Get a wildcard certificate (by a DNS challenge), or let the proxy get them on demand';
    return bad(`no valid certificate for ${wanted}: ${reasonOf(error)}`, `${mend}: docs/guides/deploy.md.`);
  }
  const days = Math.floor((Date.parse(peer.valid_to) - Date.now()) / dayMs);
  const says = `the certificate for ${wanted} is valid for ${days} days`;
  return days >= leastDaysLeft ? good(says) : hint(says, 'See the log of the proxy for why it is not renewed.');
}

function certificateOf(servername: string, port: number): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: servername, servername, port, timeout: timeoutMs });
    const end = (done: () => void) => {
      socket.destroy();
      done();
    };
    socket.once('secureConnect', () => end(() => resolve(socket.getPeerCertificate())));
    socket.once('timeout', () => end(() => reject(new Error(`no answer within ${timeoutMs / 1000} s`))));
    socket.once('error', (error) => end(() => reject(error)));
  });
}

async function service({ url }: Config): Promise<Finding> {
  const mend = 'Start the service, and let the proxy pass requests on to OGPLUS_HOST and OGPLUS_PORT.';
  try {
    const response = await fetch(`${url}/readyz`, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const state = (await response.json()) as Partial<Record<string, string>>;
    if (response.status === 200 && state['store'] === 'ok') return good(`answers at ${url}`);
    return bad(`${url}/readyz answers ${response.status}: ${JSON.stringify(state)}`, 'See the log of the service.');
  } catch (error) {
    return bad(`does not answer at ${url}: ${reasonOf(error)}`, mend);
  }
}

/** An unknown connection has an answer of its own, which only comes where the Host header arrived. */
async function hostHeader(name: string, { protocol, port }: URL): Promise<Finding> {
  const address = `${protocol}//${name}${port === '' ? '' : `:${port}`}/`;
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const type = response.headers.get('content-type') ?? '';
    const answer = type.includes('problem+json') ? ((await response.json()) as { type?: string }) : {};
    if (answer.type?.endsWith('/problems/unknown-website') === true)
      return good('connection addresses reach the service');
    return bad(
      `${address} answers ${response.status}, not as a connection address does`,
      'Let the proxy pass on the Host header as it came: proxy_set_header Host $host (nginx); Caddy does so by itself.',
    );
  } catch (error) {
    return bad(`${address} does not answer: ${reasonOf(error)}`, 'Let the proxy answer for the wildcard name.');
  }
}

function clientAddress({ host, url, trustedProxies }: Config, isPublic: boolean): Finding {
  const isBehindProxy = url.startsWith('https:') || (isPublic && isLocal(host));
  if (!isBehindProxy) return good('no proxy in front');
  if (trustedProxies.length > 0) return good('taken from the trusted proxies (OGPLUS_TRUSTED_PROXIES)');
  return bad(
    'all clients seem to have the address of the proxy, so they share one limit',
    'Set OGPLUS_TRUSTED_PROXIES to the address of the proxy (127.0.0.1 on this machine), and let it send X-Forwarded-For.',
  );
}
