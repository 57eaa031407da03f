import type { IncomingMessage } from 'node:http';
import { Problem } from '../../model/problem.ts';

// Longer than any address people share; servers refuse longer ones.
const longestTarget = 8192;

/** A `Host` as RFC 9110 §7.2 has it, of what names are made of in practice. */
const hostField = /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i;

/**
 * Makes sure that a request has one meaning: one host, and a target that begins with a slash. What is asked for in
 * absolute form (RFC 9112 §3.2.2) is rewritten, its host standing in place of the field.
 * @throws {Problem} `malformed-address`.
 */
export function settleRequestLine(req: IncomingMessage): void {
  const { rawHeaders } = req;
  if (req.httpVersionMajor !== 1) throw new Problem('malformed-address', 'The request names no version of HTTP.');
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  // RFC 9112 §3.2. (None at all is for HTTP/1.0 alone, and refused before by Node.)
  if (hosts > 1) throw new Problem('malformed-address', 'The request names its host more than once.');

  const raw = req.url ?? '';
  if (raw.length > longestTarget) {
    throw new Problem('malformed-address', `The address is longer than ${longestTarget} characters.`);
  }
  if (!raw.startsWith('/')) {
    const [, host, rest = ''] = /^https?:\/\/([^/?#]*)([/?].*)?$/i.exec(raw) ?? [];
    if (host === undefined) throw new Problem('malformed-address', 'The address cannot be read.');
    req.headers.host = host;
    req.url = rest.startsWith('/') ? rest : `/${rest}`;
  }
  const { host } = req.headers;
  if (host !== undefined && !hostField.test(host)) {
    throw new Problem('malformed-address', 'The host of the request cannot be read.');
  }
}

/** Whether the request brings a body, or says that it will. */
export function bringsBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
