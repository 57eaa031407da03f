import type { Bucket } from '../../src/store/open-store.ts';
import { type S3Server, startS3Server } from '../harness/s3/s3-server.ts';
import type { Harness, Open } from './contract/harness.ts';
import { openSqlite } from './harness-sqlite.ts';

/** The server's bucket, and no files before it. */
export function bucketOf({ url, keys, bucket }: S3Server, prefix = 'og/'): Bucket {
  const address = { bucket, prefix, endpoint: url, pathStyle: true, sessionToken: undefined, ...keys };
  return { address, cacheBytes: 0 };
}

/** Records in SQLite, pictures in a bucket. */
export const openSqliteAndS3: Open = async (options = {}) => {
  const server = await startS3Server();
  return inBucket(server, await openSqlite({ ...options, bucket: bucketOf(server) }));
};

/** A harness whose pictures are in the server's bucket. */
export function inBucket(server: S3Server, harness: Harness): Harness {
  const objectOf = (hash: string) => {
    const found = [...server.objects].find(([key]) => key.endsWith(hash));
    if (found === undefined) throw new Error(`No object is the picture ${hash}.`);
    return found;
  };
  return {
    ...harness,
    async lose({ hash }) {
      server.objects.delete(objectOf(hash)[0]);
    },
    async damage({ hash }) {
      const [key, { body, writtenAt }] = objectOf(hash);
      const damaged = Buffer.from(body);
      damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1;
      server.objects.set(key, { body: damaged, writtenAt });
    },
    async pictures() {
      return [...server.objects.keys()].map((key) => key.slice(key.lastIndexOf('/') + 1)).sort();
    },
    async [Symbol.asyncDispose]() {
      await harness[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
