/**
 * What a store does with a bucket, on an S3 server of others. The bucket must be there, and is left as it was.
 * OGPLUS_STORAGE_URL=s3://… OGPLUS_S3_ENDPOINT=… AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… npm run s3:other
 */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { readConfig } from '../../src/config.ts';
import type { Picture } from '../../src/model/picture.ts';
import { checkBucket } from '../../src/store/s3/check-bucket.ts';
import { readListing } from '../../src/store/s3/s3-answer.ts';
import { S3Client } from '../../src/store/s3/s3-client.ts';
import { cardsContract } from './contract/cards.ts';
import type { Open } from './contract/harness.ts';
import { picturesContract } from './contract/pictures.ts';
import { sweepContract } from './contract/sweep.ts';
import { openSqlite } from './harness-sqlite.ts';

const { bucket } = readConfig(process.env);
if (bucket === undefined) throw new Error('Set OGPLUS_STORAGE_URL=s3://…, and a key to the bucket.');
const patience = { attempts: 3, attemptMs: 10_000 };

const open: Open = async (options = {}) => {
  const address = { ...bucket.address, prefix: `${bucket.address.prefix}test-${randomUUID()}/` };
  const client = new S3Client(address);
  const harness = await openSqlite({ ...options, bucket: { address, cacheBytes: 0 } });
  const keyOf = (hash: string) => `pictures/${hash.slice(0, 2)}/${hash}`;
  const pictures = async () => {
    const hashes: string[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const query = { 'list-type': '2', prefix: address.prefix, ...(next !== '' && { 'continuation-token': next }) };
      const listing = readListing((await client.demand({ method: 'GET', key: '', query }, patience)).body);
      hashes.push(...listing.objects.map(({ key }) => key.slice(key.lastIndexOf('/') + 1)));
      next = listing.next;
    }
    return hashes.sort();
  };
  const lose = async ({ hash }: Pick<Picture, 'hash'>) => {
    await client.demand({ method: 'DELETE', key: keyOf(hash) }, patience);
  };
  return {
    ...harness,
    pictures,
    lose,
    async damage({ hash, size }) {
      const body = Buffer.alloc(size, 'damaged');
      const sha256 = createHash('sha256').update(body).digest('hex');
      await client.demand({ method: 'PUT', key: keyOf(hash), body, sha256 }, patience);
    },
    async [Symbol.asyncDispose]() {
      await harness[Symbol.asyncDispose]();
      for (const hash of await pictures()) await lose({ hash });
      await client[Symbol.asyncDispose]();
    },
  };
};

describe(`the store in SQLite and the bucket ${bucket.address.bucket} of others`, () => {
  cardsContract(open);
  picturesContract(open);
  sweepContract(open);
});

describe('the check of a bucket of others at the start', () => {
  for (const [what, change, sentence] of [
    ['bucket', { bucket: 'there-is-none' }, /^OGPLUS_STORAGE_URL=.*: there is no bucket called there-is-none\./],
    ['secret', { secretAccessKey: 'wrong' }, /^AWS_SECRET_ACCESS_KEY is not the secret of/],
    ['region', { region: 'mars-north-1' }, /^AWS_REGION=mars-north-1: .*Set /],
  ] as const) {
    it(`names a wrong ${what}`, async () => {
      await using client = new S3Client({ ...bucket.address, ...change });
      await assert.rejects(checkBucket(client), { message: sentence });
    });
  }
});
