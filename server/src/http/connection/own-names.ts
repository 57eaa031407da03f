import type { IncomingMessage } from 'node:http';
import { Problem } from '../../model/problem.ts';

export interface OwnNames {
  /** The public base address. */
  readonly url: string;
  /** Additional names, lower case. */
  readonly hosts: readonly string[];
}

// Orchestrators and proxies ask by changing addresses, and read only a status.
const statusOnly = /^\/(healthz|readyz|tls\/allowed)(\?|$)/;

/**
 * Rejects requests for host names that are not the service's own. With DNS rebinding, a page of another site makes its
 * visitor's browser request its own host name from us, and could otherwise read our responses.
 *
 * Own names are the public address's; those that the operator lists; the address that the connection came in at; and, for
 * local clients, this machine's names.
 * @throws {Problem} `misdirected`.
 */
export function refuseOtherNames(req: IncomingMessage, { url, hosts }: OwnNames): void {
  const { host } = req.headers;
  // Browsers always send one. (Without one it is HTTP/1.0.)
  if (host === undefined || statusOnly.test(req.url ?? '')) return;
  const name = hostOf(host);
  const own = new URL(url).hostname;
  const local = addressOf(req.socket.localAddress ?? '');
  if (name === hostOf(own) || name === local || hosts.includes(name)) return;
  if (isLoopback(name) && (isLoopback(own) || isLoopback(local))) return;
  throw new Problem(
    'misdirected',
    `The service does not answer to ${name}. Use ${url}, or add the name to OGPLUS_HOSTS.`,
  );
}

/** The host in a `Host` field, lower case, without the port and a trailing dot. */
function hostOf(field: string): string {
  return field.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
}

/** An address as written in a `Host` field. */
function addressOf(address: string): string {
  const mapped = address.replace(/^::ffff:(?=\d+\.)/, '');
  return mapped.includes(':') ? `[${mapped}]` : mapped;
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name);
}
