import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { page, startOrigin } from '../harness/origin.ts';
import { type S3Server, startS3Server } from '../harness/s3/s3-server.ts';
import { startTestService } from '../harness/service.ts';

const envOf = ({ url, keys, bucket }: S3Server) => ({
  OGPLUS_STORAGE_URL: `s3://${bucket}/cards`,
  OGPLUS_S3_ENDPOINT: url,
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  AWS_REGION: keys.region,
});

describe('a service with its pictures in a bucket', () => {
  it('draws kept cards again whose pictures it cannot get, and has lost nothing when the bucket is back', async () => {
    await using server = await startS3Server();
    // Nothing is at hand, neither in memory nor in files.
    const nothing = { OGPLUS_MEMORY_CACHE_MB: '0', OGPLUS_PICTURE_CACHE_MB: '0' };
    await using test = await startTestService({ ...envOf(server), ...nothing });
    await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
    const website = await test.website(origin.url);
    const drawn = await test.card(website, '/');
    assert.match(drawn.headers['cache-status'] ?? '', /; stored/);
    const kept = await test.card(website, '/');
    assert.match(kept.headers['cache-status'] ?? '', /; hit/);
    assert.deepEqual(kept.body, drawn.body);

    server.misbehave = () => 'unavailable';
    const away = await test.card(website, '/');
    assert.equal(away.status, 200);
    assert.doesNotMatch(away.headers['cache-status'] ?? '', /; stored|; hit/);
    assert.equal(test.service.renderer.started, 2);
    assert.equal((await test.ask('/readyz')).status, 503);

    server.misbehave = () => undefined;
    const back = await test.card(website, '/');
    assert.match(back.headers['cache-status'] ?? '', /; hit/);
    assert.equal((await test.ask('/readyz')).status, 200);
  });

  it('does not start with a wrong key, and says which', async () => {
    await using server = await startS3Server();
    const env = { ...envOf(server), AWS_SECRET_ACCESS_KEY: 'another' };
    await assert.rejects(startTestService(env), {
      message: /^AWS_SECRET_ACCESS_KEY is not the secret of AWS_ACCESS_KEY_ID/,
    });
  });
});

describe('the settings of a bucket', () => {
  const key = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };

  it('are Amazon’s where only the bucket and a key are named', () => {
    const { bucket } = readConfig({ OGPLUS_STORAGE_URL: 's3://cards/a/b/', ...key, AWS_REGION: 'eu-west-1' });
    const { address } = bucket ?? assert.fail();
    assert.deepEqual([address.bucket, address.prefix, address.endpoint], ['cards', 'a/b/', undefined]);
    assert.deepEqual([address.pathStyle, address.region], [false, 'eu-west-1']);
  });

  it('put the bucket into the path at a server of one’s own, unless they say otherwise', () => {
    const env = { OGPLUS_STORAGE_URL: 's3://cards', OGPLUS_S3_ENDPOINT: 'http://minio:9000', ...key };
    assert.equal(readConfig(env).bucket?.address.pathStyle, true);
    assert.equal(readConfig({ ...env, OGPLUS_S3_PATH_STYLE: 'false' }).bucket?.address.pathStyle, false);
  });

  for (const [env, message] of [
    [{ OGPLUS_STORAGE_URL: 'https://cards' }, /^OGPLUS_STORAGE_URL=https:\/\/cards: must be like s3:\/\/bucket/],
    [{ OGPLUS_STORAGE_URL: 's3://Cards!' }, /^OGPLUS_STORAGE_URL=s3:\/\/Cards!: must be like/],
    [{ OGPLUS_STORAGE_URL: 's3://cards/../x' }, /^OGPLUS_STORAGE_URL=.*: must have a prefix/],
    [{ OGPLUS_STORAGE_URL: 's3://cards' }, /^AWS_ACCESS_KEY_ID=: OGPLUS_STORAGE_URL=s3:\/\/cards needs a key/],
    [{ OGPLUS_S3_ENDPOINT: 'minio' }, /^OGPLUS_S3_ENDPOINT=minio: must be an address/],
    [{ OGPLUS_S3_PATH_STYLE: 'yes' }, /^OGPLUS_S3_PATH_STYLE=yes: must be one of true, false/],
  ] as const) {
    it(`are refused: ${Object.entries(env).join()}`, () => {
      assert.throws(() => readConfig(env), { message });
    });
  }
});
