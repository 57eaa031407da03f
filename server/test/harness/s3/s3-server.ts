import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { S3Fault } from './s3-fault.ts';
import { checkSignature, type Keys } from './signature.ts';

/**
 * What a server does instead of answering: an error, half of the body, nothing at all, or a body whose end takes for ever.
 */
export type Misbehaviour = 'unavailable' | 'cut' | 'hang' | 'slow';

export interface S3Server extends AsyncDisposable {
  readonly url: string;
  readonly keys: Keys;
  readonly bucket: string;
  /** By name. A test may change them. */
  readonly objects: Map<string, { body: Buffer; writtenAt: number }>;
  /** `GET a/b`, each request that arrived. */
  readonly heard: string[];
  /** `SignatureDoesNotMatch`, the codes of what it refused. */
  readonly refused: string[];
  /** What it does with a request; undefined: it answers. */
  misbehave: (heard: string) => Misbehaviour | undefined;
  /** Rights that the key lacks: `PUT`, `LIST`, … */
  readonly denied: Set<string>;
  /** Milliseconds that its clock is ahead. */
  ahead: number;
}

/**
 * A small strict S3 server on loopback for one bucket, in both styles of addresses: nothing is answered without a right
 * signature over the method, the path, the query, the host, the time and the body. What it leaves out of the protocol
 * fails. `npm run s3:other` holds the same tests against a server of others.
 */
export async function startS3Server(options: { now?: () => number; sessionToken?: string } = {}): Promise<S3Server> {
  const now = options.now ?? Date.now;
  const bucket = 'cards';
  const keys: Keys = {
    accessKeyId: 'AKIDTEST',
    secretAccessKey: 'a secret/with+signs',
    region: 'eu-test-1',
    sessionToken: options.sessionToken,
  };
  const http = createServer((req, res) => {
    void answer(req, res).catch((error) => res.destroy(error));
  });

  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const body = await buffer(req);
    const url = new URL(req.url ?? '', `http://${req.headers.host}`);
    const key = keyOf(url, bucket);
    const verb = req.method === 'GET' && key === '' ? 'LIST' : (req.method ?? '');
    const line = `${verb} ${key}`;
    server.heard.push(line);
    res.setHeader('Date', new Date(Date.now() + server.ahead).toUTCString());
    const how = server.misbehave(line);
    if (how === 'hang') return;
    if (how === 'unavailable') return send(res, new S3Fault(503, 'SlowDown', 'Please reduce your request rate.'));
    const fault = caught(() => {
      checkSignature(req, body, keys, Date.now() + server.ahead);
      if (key === undefined) throw new S3Fault(404, 'NoSuchBucket', 'The specified bucket does not exist');
      if (server.denied.has(verb)) throw new S3Fault(403, 'AccessDenied', 'Access Denied');
    });
    if (fault !== undefined) {
      server.refused.push(fault.code);
      return send(res, fault);
    }
    const result = act(verb, key ?? '', url, body);
    if (result instanceof S3Fault) return send(res, result);
    res.setHeader('Content-Length', result.body.length);
    res.writeHead(result.status);
    if (how === 'cut') return void res.write(result.body.subarray(0, -1), () => res.destroy());
    if (how === 'slow') return void res.write(result.body.subarray(0, -1));
    res.end(result.body);
  };

  const act = (verb: string, key: string, url: URL, body: Buffer): { status: number; body: Buffer } | S3Fault => {
    const found = server.objects.get(key);
    if (verb === 'PUT') {
      server.objects.set(key, { body, writtenAt: now() });
      return { status: 200, body: Buffer.alloc(0) };
    }
    if (verb === 'DELETE') {
      server.objects.delete(key);
      return { status: 204, body: Buffer.alloc(0) };
    }
    if (verb === 'LIST' && url.searchParams.get('list-type') === '2')
      return { status: 200, body: list(url.searchParams) };
    if (verb === 'GET')
      return found ? { status: 200, body: found.body } : new S3Fault(404, 'NoSuchKey', 'No such key.');
    return new S3Fault(501, 'NotImplemented', verb);
  };

  const list = (query: URLSearchParams): Buffer => {
    // As few at once, so that every listing has several parts.
    const most = Math.min(3, Number(query.get('max-keys') ?? 1000));
    const after = query.get('continuation-token') ?? '';
    const all = [...server.objects].filter(([key]) => key.startsWith(query.get('prefix') ?? '') && key > after);
    const some = all.toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, most);
    const rows = some.map(
      ([key, { body, writtenAt }]) =>
        `<Contents><Key>${key}</Key><LastModified>${new Date(writtenAt).toISOString()}</LastModified><Size>${body.length}</Size></Contents>`,
    );
    const isMore = all.length > some.length;
    const next = isMore ? `<NextContinuationToken>${some.at(-1)?.[0]}</NextContinuationToken>` : '';
    return Buffer.from(
      `<?xml version="1.0"?>\n<ListBucketResult><IsTruncated>${isMore}</IsTruncated>${rows.join('')}${next}</ListBucketResult>`,
    );
  };

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: S3Server = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    keys,
    bucket,
    objects: new Map(),
    heard: [],
    refused: [],
    misbehave: () => undefined,
    denied: new Set(),
    ahead: 0,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}

/** The object's name in either style of address; undefined for another bucket. */
function keyOf({ hostname, pathname }: URL, bucket: string): string | undefined {
  const path = decodeURIComponent(pathname).slice(1);
  if (hostname.startsWith(`${bucket}.`)) return path;
  return path === bucket || path.startsWith(`${bucket}/`) ? path.slice(bucket.length + 1) : undefined;
}

function caught(work: () => void): S3Fault | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof S3Fault) return error;
    throw error;
  }
}

function send(res: ServerResponse, fault: S3Fault): void {
  res.writeHead(fault.status, { 'Content-Type': 'application/xml' }).end(fault.xml);
}
