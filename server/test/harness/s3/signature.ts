import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { S3Fault } from './s3-fault.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly sessionToken?: string | undefined;
}

const mostSkewMs = 15 * 60_000;

/**
 * Checks a signature as Amazon describes it (Signature Version 4, in a header), and that the body is the one signed.
 * Written from that description, apart from the library that signs.
 */
export function checkSignature(req: IncomingMessage, body: Buffer, keys: Keys, now: number): void {
  const {
    authorization = '',
    'x-amz-date': date,
    'x-amz-content-sha256': sent,
    'x-amz-security-token': token,
  } = req.headers;
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([\da-f]{64})$/.exec(
      authorization,
    );
  if (parts === null) throw new S3Fault(403, 'AccessDenied', 'Anonymous requests are not allowed.');
  const [, keyId = '', day = '', region = '', names = '', signature = ''] = parts;
  if (keyId !== keys.accessKeyId) throw new S3Fault(403, 'InvalidAccessKeyId', 'There is no such key.');
  if (token !== keys.sessionToken) throw new S3Fault(400, 'InvalidToken', 'The token is another.');
  if (region !== keys.region)
    throw new S3Fault(
      400,
      'AuthorizationHeaderMalformed',
      `The region '${region}' is wrong.`,
      `<Region>${keys.region}</Region>`,
    );
  if (typeof date !== 'string' || !date.startsWith(day)) throw new S3Fault(403, 'AccessDenied', 'There is no date.');
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(now - at) <= mostSkewMs))
    throw new S3Fault(403, 'RequestTimeTooSkewed', 'The difference is too large.');
  const signed = names.split(';');
  for (const name of ['host', 'x-amz-date', 'x-amz-content-sha256'])
    if (!signed.includes(name)) throw new S3Fault(403, 'AccessDenied', `${name} is not signed.`);

  const url = new URL(req.url ?? '', 'http://server');
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');
  const path = url.pathname
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/');
  const headers = signed
    .map((name) => `${name}:${req.headers[name]?.toString().trim().replace(/\s+/g, ' ')}\n`)
    .join('');
  const canonical = [req.method, path, query, headers, names, sent].join('\n');
  const text = ['AWS4-HMAC-SHA256', date, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`);
  const expected = hmac(key, text);
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex')))
    throw new S3Fault(403, 'SignatureDoesNotMatch', 'The signature is another.');
  if (sent !== sha256(body))
    throw new S3Fault(400, 'XAmzContentSHA256Mismatch', 'The body is not the one that was signed.');
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
