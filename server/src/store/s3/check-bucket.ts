import { createHash, randomUUID } from 'node:crypto';
import { StoreUnreachable } from '../../model/store-unreachable.ts';
import { isAboutCertificate } from '../certificate-faults.ts';
import { baseUrlOf, nameOf, type S3Address } from './s3-address.ts';
import { type S3Answer, S3Refusal } from './s3-answer.ts';
import type { Patience, S3Client, S3Request } from './s3-client.ts';

// A server that has just been started beside the service may need a moment.
const patience: Patience = { attempts: 3, attemptMs: 5000 };
// Signatures, and what nodes decide together, need clocks that agree.
const mostSkewMs = 1000;

/**
 * Whether pictures can be listed, written, read and removed. Writes one small object, and removes it.
 * @throws {Error} with one line that names the setting, what is wrong and how to mend it.
 */
export async function checkBucket(client: S3Client): Promise<void> {
  const { address } = client;
  const body = Buffer.from('OpenGraph+ checks at its start whether it can write here.\n');
  const sha256 = createHash('sha256').update(body).digest('hex');
  const key = `check-${randomUUID()}`;
  const query = { 'list-type': '2', 'max-keys': '1', prefix: address.prefix };

  const sentAt = Date.now();
  const listed = await ask(client, { method: 'GET', key: '', query });
  refuseSkew(listed, sentAt);
  refuse(address, listed, 's3:ListBucket');
  refuse(address, await ask(client, { method: 'PUT', key, body, sha256, type: 'text/plain' }), 's3:PutObject');
  refuse(address, await ask(client, { method: 'GET', key }), 's3:GetObject');
  refuse(address, await ask(client, { method: 'DELETE', key }), 's3:DeleteObject');
}

async function ask(client: S3Client, request: S3Request): Promise<S3Answer> {
  try {
    return await client.ask(request, patience);
  } catch (error) {
    const cause = error instanceof StoreUnreachable ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = code !== '' ? code : cause instanceof Error ? cause.message : String(cause);
    const { address } = client;
    const { host } = baseUrlOf(address);
    const setting =
      address.endpoint === undefined
        ? `OGPLUS_STORAGE_URL=${nameOf(address)}`
        : `OGPLUS_S3_ENDPOINT=${address.endpoint}`;
    throw new Error(`${setting}: ${host} does not answer (${why}). ${mend(address, cause, code)}`);
  }
}

function refuse(address: S3Address, answer: S3Answer, right: string): void {
  if (answer.status >= 200 && answer.status < 300) return;
  const refusal = new S3Refusal(answer);
  throw new Error(sentenceFor(address, refusal, right), { cause: refusal });
}

function sentenceFor(address: S3Address, { status, code, region, message }: S3Refusal, right: string): string {
  const { bucket, accessKeyId } = address;
  if (region !== undefined && region !== address.region)
    return `AWS_REGION=${address.region}: the bucket is in the region ${region}. Set AWS_REGION=${region}.`;
  switch (code) {
    case 'NoSuchBucket':
      return `OGPLUS_STORAGE_URL=${nameOf(address)}: there is no bucket called ${bucket}. Create it, or correct the name${styleHint(address)}.`;
    case 'InvalidAccessKeyId':
      return `AWS_ACCESS_KEY_ID=${accessKeyId}: the storage does not know this key. Create one, or correct it.`;
    case 'SignatureDoesNotMatch':
      return `AWS_SECRET_ACCESS_KEY is not the secret of AWS_ACCESS_KEY_ID=${accessKeyId}. Copy both again.`;
    case 'ExpiredToken':
    case 'InvalidToken':
      return 'AWS_SESSION_TOKEN has expired or belongs to another key. Get a new one.';
    case 'RequestTimeTooSkewed':
      return 'The clock of this machine and that of the storage differ by more than 15 minutes. Set the clock, and keep it with NTP.';
    case 'AuthorizationHeaderMalformed':
      return `AWS_REGION=${address.region}: this is not the region of the bucket ${bucket}. Set the region that the storage names.`;
    case 'AccessDenied':
      return `AWS_ACCESS_KEY_ID=${accessKeyId}: this key lacks ${right} on ${nameOf(address)}. Give it s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject.`;
  }
  if (status === 301 || status === 307)
    return `AWS_REGION=${address.region}: the bucket ${bucket} is in another region. Set AWS_REGION to that one.`;
  return `OGPLUS_STORAGE_URL=${nameOf(address)}: ${message} Check the bucket, the key and OGPLUS_S3_PATH_STYLE.`;
}

/** What to do about a storage that does not answer. */
function mend({ endpoint, pathStyle, region }: S3Address, cause: unknown, code: string): string {
  if (isAboutCertificate(cause)) return 'Give the certificate of its authority as NODE_EXTRA_CA_CERTS=/path/to/ca.pem.';
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER') return 'It does not encrypt: its address begins with http://.';
  if (endpoint === undefined) return `Check this machine's network, OGPLUS_STORAGE_URL and AWS_REGION=${region}.`;
  if ((code === 'ENOTFOUND' || code === 'EAI_AGAIN') && !pathStyle)
    return 'Set OGPLUS_S3_PATH_STYLE=true, unless this name should resolve.';
  return 'Start the storage, or correct the address.';
}

/** A storage that takes no bucket's name from the host looks for it in the path. */
function styleHint({ endpoint, pathStyle }: S3Address): string {
  return endpoint === undefined || pathStyle ? '' : '; or set OGPLUS_S3_PATH_STYLE=true';
}

/** The `Date` of an answer says whole seconds. */
function refuseSkew({ headers }: S3Answer, sentAt: number): void {
  const from = Date.parse(headers['date']?.toString() ?? '');
  if (Number.isNaN(from)) return;
  const ahead = sentAt - (from + 1000);
  const behind = from - Date.now();
  const skew = Math.max(ahead, behind);
  if (skew <= mostSkewMs) return;
  const how = ahead > behind ? 'ahead of' : 'behind';
  throw new Error(
    `The clock of this machine is ${Math.round(skew / 1000)} s ${how} that of the storage. Set the clock, and keep it with NTP.`,
  );
}
