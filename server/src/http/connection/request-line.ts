import type { IncomingMessage } from 'node:http';
import { Problem } from '../../model/problem.ts';

// Longer than any address that people share; servers reject longer ones.
const longestTarget = 8192;

/** A `Host` field (RFC 9110 §7.2), limited to the characters of real names. */
const hostField = /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i;

/**
 * Makes sure that a request is unambiguous: one host, and a target that begins with a slash. The absolute form (RFC 9112
 * §3.2.2) is rewritten; its host replaces the field.
 * @throws {Problem} `malformed-address`; `expectation-failed` for an expectation other than `100-continue`.
 */
export function settleRequestLine(req: IncomingMessage): void {
  const { rawHeaders } = req;
  if (req.httpVersionMajor !== 1) throw new Problem('malformed-address', 'The request has no HTTP version.');
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  // RFC 9112 §3.2.
  if (hosts > 1) throw new Problem('malformed-address', 'The request has more than one Host field.');
  if (hosts === 0 && req.httpVersionMinor > 0) throw new Problem('malformed-address', 'The request has no Host field.');
  const { expect } = req.headers;
  if (expect !== undefined && req.httpVersionMinor > 0 && !/^100-continue$/i.test(expect)) {
    throw new Problem('expectation-failed', 'Send no Expect field, or Expect: 100-continue.');
  }

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
    throw new Problem('malformed-address', 'The Host field of the request is invalid.');
  }
}

/** Whether the request has a body, or announces one. */
export function bringsBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
