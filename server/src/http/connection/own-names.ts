import type { IncomingMessage } from 'node:http';
import { Problem } from '../../model/problem.ts';

export interface OwnNames {
  /** The public base address. */
  readonly url: string;
  /** Further names, lower case. */
  readonly hosts: readonly string[];
}

// Probes of orchestrators ask by the address of the day, and read nothing but a word.
const health = /^\/(healthz|readyz)(\?|$)/;

/**
 * Refuses what is asked of a name that is not the service's own. A page of another site whose name is made to lead here (DNS
 * rebinding) has its visitor's browser ask for that name, and could read our answers otherwise.
 *
 * Own are the name of the public address; those that the operator names; the address that the connection came in at; and the
 * names of this machine, for who is on it.
 * @throws {Problem} `misdirected`.
 */
export function refuseOtherNames(req: IncomingMessage, { url, hosts }: OwnNames): void {
  const { host } = req.headers;
  // A browser always says it. (None at all is HTTP/1.0.)
  if (host === undefined || health.test(req.url ?? '')) return;
  const name = hostOf(host);
  const own = new URL(url).hostname;
  const local = addressOf(req.socket.localAddress ?? '');
  if (name === hostOf(own) || name === local || hosts.includes(name)) return;
  if (isLoopback(name) && (isLoopback(own) || isLoopback(local))) return;
  throw new Problem(
    'misdirected',
    `The service does not answer to ${name}. It is at ${url}; OGPLUS_HOSTS gives it further names.`,
  );
}

/** The host of a `Host` field, lower case, without port and without the dot that may end it. */
function hostOf(field: string): string {
  return field.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
}

/** As it stands in a `Host` field. */
function addressOf(address: string): string {
  const mapped = address.replace(/^::ffff:(?=\d+\.)/, '');
  return mapped.includes(':') ? `[${mapped}]` : mapped;
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name);
}
