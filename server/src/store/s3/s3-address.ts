/** Where pictures are in a bucket, and with which key. */
export interface S3Address {
  readonly bucket: string;
  /** Before every object's name: empty, or with a slash at its end. */
  readonly prefix: string;
  /** The server's address; undefined for Amazon's. */
  readonly endpoint: string | undefined;
  /** Whether the bucket's name stands in the path and not in the host name. */
  readonly pathStyle: boolean;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

/** All but the bucket. */
export type S3Key = Omit<S3Address, 'bucket' | 'prefix'>;

/** `s3://bucket/prefix`, as its setting names it. */
export function nameOf({ bucket, prefix }: Pick<S3Address, 'bucket' | 'prefix'>): string {
  return `s3://${bucket}${prefix === '' ? '' : `/${prefix.slice(0, -1)}`}`;
}

/** The address below which the objects are, with a slash at its end. */
export function baseUrlOf({ bucket, endpoint, pathStyle, region }: S3Address): URL {
  const url = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  if (!pathStyle) url.hostname = `${bucket}.${url.hostname}`;
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = pathStyle ? `${path}/${bucket}/` : `${path}/`;
  return url;
}

/**
 * Reads `s3://bucket/prefix`.
 * @throws {Error} with the reason.
 */
export function parseStorageUrl(text: string): Pick<S3Address, 'bucket' | 'prefix'> {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/?#]*)(?:\/([^?#]*))?$/.exec(text) ?? [];
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new Error('must be like s3://bucket or s3://bucket/prefix');
  const prefix = path.replace(/^\/+|\/+$/g, '');
  if (!/^[\w./-]{0,200}$/.test(prefix) || /(^|\/)\.{1,2}(\/|$)/.test(prefix))
    throw new Error('must have a prefix of letters, digits and . _ - / alone');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}
