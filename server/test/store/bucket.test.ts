import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Picture } from '../../src/model/picture.ts';
import { CachedPictures } from '../../src/store/cached-pictures.ts';
import { PictureFiles } from '../../src/store/files/pictures.ts';
import { checkBucket } from '../../src/store/s3/check-bucket.ts';
import type { S3Address } from '../../src/store/s3/s3-address.ts';
import { S3Client } from '../../src/store/s3/s3-client.ts';
import { S3Pictures } from '../../src/store/s3/s3-pictures.ts';
import { selfSigned } from '../harness/certificate.ts';
import { type Misbehaviour, type S3Server, startS3Server } from '../harness/s3/s3-server.ts';
import { until } from '../harness/until.ts';
import { bytesOf } from './contract/samples.ts';
import { bucketOf } from './harness-s3.ts';
import { dataFolder } from './harness-sqlite.ts';

const unreachable = { type: 'store-unreachable', reason: 'storage' };

function picture(text: string): { picture: Picture; bytes: Buffer } {
  const bytes = bytesOf(text, 50_000);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { picture: { hash, type: 'image/png', size: bytes.length, width: 1, height: 1 }, bytes };
}

const picturesOf = (server: S3Server) => new S3Pictures(new S3Client(bucketOf(server).address));

/** The first requests of a kind go wrong. */
function goWrong(server: S3Server, verb: string, how: Misbehaviour, times = 1): void {
  let left = times;
  server.misbehave = (heard) => (heard.startsWith(verb) && left-- > 0 ? how : undefined);
}

describe('a bucket', () => {
  it('gives back what was written, under the prefix, and lists it in parts', async () => {
    await using server = await startS3Server();
    await using pictures = picturesOf(server);
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(picture);
    for (const { picture, bytes } of all) await pictures.write(picture, bytes);
    for (const { picture, bytes } of all) assert.ok((await pictures.read(picture))?.equals(bytes));
    server.objects.set('og/pictures/somebody-else', { body: Buffer.alloc(1), writtenAt: 0 });
    server.objects.set('other/pictures/aa/thing', { body: Buffer.alloc(1), writtenAt: 0 });
    const listed = await Array.fromAsync(pictures.entries());
    const hashes = all.map(({ picture }) => picture.hash);
    assert.deepEqual(listed.map(({ hash }) => hash).toSorted(), hashes.toSorted());
    assert.ok(listed.every(({ size, writtenAt }) => size === 50_000 && Math.abs(writtenAt - Date.now()) < 60_000));
    for (const hash of hashes) await pictures.remove(hash);
    assert.deepEqual([...server.objects.keys()].toSorted(), ['og/pictures/somebody-else', 'other/pictures/aa/thing']);
  });

  it('is asked by a host name of its own, with a session token', async () => {
    await using server = await startS3Server({ sessionToken: 'a+token/=' });
    const { port } = new URL(server.url);
    const address = { ...bucketOf(server).address, endpoint: `http://s3.test:${port}`, pathStyle: false };
    const hosts: string[] = [];
    const client = new S3Client(address, (host, options, found) => {
      hosts.push(host);
      if (options.all) found(null, [{ address: '127.0.0.1', family: 4 }]);
      else found(null, '127.0.0.1', 4);
    });
    await using pictures = new S3Pictures(client);
    await checkBucket(client);
    const { picture: kept, bytes } = picture('host');
    await pictures.write(kept, bytes);
    assert.ok((await pictures.read(kept))?.equals(bytes));
    assert.deepEqual(new Set(hosts), new Set(['cards.s3.test']));
  });

  for (const hours of [-1, 1]) {
    it(`is read and written on when the clocks differ by ${hours} h, and when they agree again`, async () => {
      await using server = await startS3Server();
      await using pictures = picturesOf(server);
      for (const ahead of [0, hours * 3_600_000, 0]) {
        server.ahead = ahead;
        const { picture: kept, bytes } = picture(`${ahead}`);
        await pictures.write(kept, bytes);
        assert.ok((await pictures.read(kept))?.equals(bytes));
      }
    });
  }

  for (const how of ['unavailable', 'cut', 'hang', 'slow'] as const) {
    it(`that is ${how} for a moment is asked again`, async () => {
      await using server = await startS3Server();
      await using pictures = picturesOf(server);
      const { picture: kept, bytes } = picture(how);
      await pictures.write(kept, bytes);
      goWrong(server, 'GET', how);
      assert.ok((await pictures.read(kept))?.equals(bytes));
    });
  }

  it('that takes no picture at first gets it again', async () => {
    await using server = await startS3Server();
    await using pictures = picturesOf(server);
    goWrong(server, 'PUT', 'unavailable', 2);
    const { picture: kept, bytes } = picture('again');
    await pictures.write(kept, bytes);
    assert.ok([...server.objects.values()].some(({ body }) => body.equals(bytes)));
  });

  it('that does not answer is not waited for by each reader, and is read again when it is back', async () => {
    await using server = await startS3Server();
    await using pictures = picturesOf(server);
    const { picture: kept, bytes } = picture('away');
    await pictures.write(kept, bytes);
    server.misbehave = () => 'hang';
    await assert.rejects(pictures.read(kept), unreachable);
    const heard = server.heard.length;
    await assert.rejects(pictures.read(kept), unreachable);
    assert.equal(server.heard.length, heard, 'it is not asked meanwhile');
    server.misbehave = () => undefined;
    await until('it is read again', () =>
      pictures.read(kept).then(
        (found) => found?.equals(bytes) === true,
        () => false,
      ),
    );
  });

  it('leaves no socket taken by answers that nobody wants', async () => {
    await using server = await startS3Server();
    await using pictures = picturesOf(server);
    server.denied.add('GET');
    const { picture: kept } = picture('denied');
    for (let n = 0; n < 200; n++) await assert.rejects(pictures.read(kept), unreachable);
    server.denied.clear();
    assert.equal(await pictures.read(kept), undefined);
  });

  it('is not read before its answer has the picture’s bytes', async () => {
    await using server = await startS3Server();
    await using pictures = picturesOf(server);
    const { picture: kept, bytes } = picture('damaged');
    await pictures.write(kept, bytes);
    for (const [key, { writtenAt }] of server.objects)
      server.objects.set(key, { body: bytesOf('x', 50_000), writtenAt });
    assert.equal(await pictures.read(kept), undefined);
  });
});

describe('the check of a bucket at the start', () => {
  const sentenceOf = async (server: S3Server, change: Partial<S3Address> = {}) => {
    await using client = new S3Client({ ...bucketOf(server).address, ...change });
    const said = await checkBucket(client).then(
      () => 'all is well',
      (error) => String(error.message),
    );
    assert.ok(!said.includes('\n'), said);
    return said;
  };

  it('leaves nothing behind, and says nothing where all is well', async () => {
    await using server = await startS3Server();
    assert.equal(await sentenceOf(server), 'all is well');
    assert.equal(server.objects.size, 0);
  });

  for (const [what, change, sentence] of [
    [
      'bucket',
      { bucket: 'others' },
      /^OGPLUS_STORAGE_URL=s3:\/\/others\/og: there is no bucket called others\. Create it/,
    ],
    ['key', { accessKeyId: 'AKIDOTHER' }, /^AWS_ACCESS_KEY_ID=AKIDOTHER: the storage does not know this key\./],
    [
      'secret',
      { secretAccessKey: 'other' },
      /^AWS_SECRET_ACCESS_KEY is not the secret of AWS_ACCESS_KEY_ID=AKIDTEST\./,
    ],
    [
      'region',
      { region: 'us-east-1' },
      /^AWS_REGION=us-east-1: the bucket is in the region eu-test-1\. Set AWS_REGION=eu-test-1\./,
    ],
    ['token', { sessionToken: 'old' }, /^AWS_SESSION_TOKEN has expired or belongs to another key\./],
  ] as const) {
    it(`names a wrong ${what}, and never the secret`, async () => {
      await using server = await startS3Server();
      const said = await sentenceOf(server, change);
      assert.match(said, sentence);
      assert.ok(!said.includes(server.keys.secretAccessKey));
    });
  }

  for (const [verb, right] of [
    ['LIST', 's3:ListBucket'],
    ['PUT', 's3:PutObject'],
    ['GET', 's3:GetObject'],
    ['DELETE', 's3:DeleteObject'],
  ] as const) {
    it(`names the right that the key lacks: ${right}`, async () => {
      await using server = await startS3Server();
      server.denied.add(verb);
      assert.match(
        await sentenceOf(server),
        new RegExp(`^AWS_ACCESS_KEY_ID=AKIDTEST: this key lacks ${right} on s3://cards/og\\.`),
      );
    });
  }

  it('names a clock that is off', async () => {
    await using server = await startS3Server();
    server.ahead = 90_000;
    assert.match(await sentenceOf(server), /^The clock of this machine is \d+ s behind that of the storage\./);
    server.ahead = -90_000;
    assert.match(await sentenceOf(server), /^The clock of this machine is \d+ s ahead of that of the storage\./);
    server.ahead = 3_600_000;
    assert.match(await sentenceOf(server), /^The clock of this machine is \d+ s behind that of the storage\./);
  });

  it('names a server that is not there', async () => {
    const server = await startS3Server();
    await server[Symbol.asyncDispose]();
    assert.match(
      await sentenceOf(server),
      /^OGPLUS_S3_ENDPOINT=http:.*: 127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\)\. Start/,
    );
  });

  it('names the scheme of a server that does not encrypt, and the style of one without names for buckets', async () => {
    await using server = await startS3Server();
    const { port } = new URL(server.url);
    assert.match(
      await sentenceOf(server, { endpoint: `https://127.0.0.1:${port}` }),
      /does not encrypt: .* http:\/\/\.$/,
    );
    const pathStyle = false;
    assert.match(
      await sentenceOf(server, { endpoint: `http://storage.invalid:${port}`, pathStyle }),
      /: cards\.storage\.invalid:\d+ does not answer \(ENOTFOUND\)\. Set OGPLUS_S3_PATH_STYLE=true/,
    );
  });

  it('names a certificate that nobody vouches for', async () => {
    await using server = await startS3Server();
    const https = createServer(selfSigned).listen(0, '127.0.0.1');
    await once(https, 'listening');
    const endpoint = `https://127.0.0.1:${(https.address() as AddressInfo).port}`;
    assert.match(
      await sentenceOf(server, { endpoint }),
      /\(DEPTH_ZERO_SELF_SIGNED_CERT\)\. Give .* NODE_EXTRA_CA_CERTS=/,
    );
    https.close();
  });
});

describe('pictures that a machine has as files before the bucket', () => {
  /** What it has room for: two pictures. */
  const open = async (server: S3Server, mostBytes = 110_000, counting: Promise<void> = Promise.resolve()) => {
    const stack = new AsyncDisposableStack();
    const folder = stack.use(await dataFolder());
    await mkdir(join(folder.path, 'pictures'));
    const files = new PictureFiles(folder.path);
    const counted = new (class extends PictureFiles {
      override async *entries() {
        const found = await Array.fromAsync(super.entries());
        await counting;
        yield* found;
      }
    })(folder.path);
    const pictures = stack.use(new CachedPictures(picturesOf(server), counted, mostBytes));
    // Without those that are being written.
    const isWhole = (hash: string) => /^[\da-f]{64}$/.test(hash);
    const near = async () => (await Array.fromAsync(files.entries())).map(({ hash }) => hash).filter(isWhole);
    return { pictures, near, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  };

  it('are read without asking the bucket, and from it once they are gone', async () => {
    await using server = await startS3Server();
    await using cache = await open(server);
    const { picture: kept, bytes } = picture('near');
    await cache.pictures.write(kept, bytes);
    await until('it is near', async () => (await cache.near()).length === 1);
    server.misbehave = () => 'unavailable';
    assert.ok((await cache.pictures.read(kept))?.equals(bytes));
    server.misbehave = () => undefined;
    await using other = await open(server);
    assert.ok((await other.pictures.read(kept))?.equals(bytes));
    await until('it is near there too', async () => (await other.near()).length === 1);
  });

  it('are those that were used last', async () => {
    await using server = await startS3Server();
    await using cache = await open(server);
    const all = ['a', 'b', 'c', 'd', 'e'].map(picture);
    for (const { picture, bytes } of all) await cache.pictures.write(picture, bytes);
    await until('there are as many as there is room for', async () => (await cache.near()).length <= 2);
    for (const { picture, bytes } of all) assert.ok((await cache.pictures.read(picture))?.equals(bytes));
  });

  it('are no more where some were written while the others were counted', async () => {
    await using server = await startS3Server();
    const counting = Promise.withResolvers<void>();
    await using cache = await open(server, undefined, counting.promise);
    const all = ['a', 'b', 'c', 'd', 'e'].map(picture);
    for (const { picture, bytes } of all) await cache.pictures.write(picture, bytes);
    await until('all are near', async () => (await cache.near()).length === all.length);
    counting.resolve();
    await until('there are as many as there is room for', async () => (await cache.near()).length <= 2);
  });

  it('are not given out once they were removed', async () => {
    await using server = await startS3Server();
    await using cache = await open(server);
    const { picture: kept, bytes } = picture('removed');
    await cache.pictures.write(kept, bytes);
    await until('it is near', async () => (await cache.near()).length === 1);
    await cache.pictures.remove(kept.hash);
    assert.equal(await cache.pictures.read(kept), undefined);
  });
});
