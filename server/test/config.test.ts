import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../src/config.ts';

describe('a setting that cannot be used', () => {
  for (const [setting, says] of [
    [{ OGPLUS_PORT: 'many' }, /^OGPLUS_PORT=many: must be a whole number from 0 to 65535$/],
    [{ OGPLUS_ALLOW_NETWORKS: '10.0.0.0/99' }, /OGPLUS_ALLOW_NETWORKS=.*is not a network/],
    [{ OGPLUS_LOG_LEVEL: 'loud' }, /OGPLUS_LOG_LEVEL=loud: must be one of/],
    [{ OGPLUS_URL: 'nowhere' }, /OGPLUS_URL=nowhere/],
    [
      { OGPLUS_URL: 'https://example.com/cards' },
      /^OGPLUS_URL=https:\/\/example.com\/cards: must not have a path: https:\/\/example.com$/,
    ],
    [{ OGPLUS_URL: 'https://example.com/?' }, /must not have a query, fragment or user$/],
    [{ OGPLUS_URL: 'https://example.com?a=b' }, /must not have a query, fragment or user$/],
    [{ OGPLUS_URL: 'https://example.com/#' }, /must not have a query, fragment or user$/],
    [{ OGPLUS_URL: 'https://ada@example.com' }, /must not have a query, fragment or user$/],
    [{ OGPLUS_URL: 'https://ada:secret@example.com' }, /^((?!secret).)*must not have a query, fragment or user$/],
    [{ OGPLUS_URL: 'https://1.5' }, /^OGPLUS_URL=https:\/\/1.5: "1.5" would be read as the IP address 1.0.0.5/],
    [{ OGPLUS_S3_ENDPOINT: 'http://0x7f.1:9000' }, /"0x7f.1" would be read as the IP address 127.0.0.1/],
    [{ OGPLUS_SERVICE: 'https://example.com/websites' }, /^OGPLUS_SERVICE=.* must not have a path/],
    [{ OGPLUS_CONNECTION_DOMAIN: '10.0.0.1' }, /must be a host name such as cards.example.com$/],
    [{ OGPLUS_CONNECTION_DOMAIN: 'cards..example.com' }, /must be a host name such as cards.example.com$/],
    [{ OGPLUS_HOSTS: 'cards.internal, 0x7f.1' }, /"0x7f.1" is not a host name/],
    [{ OGPLUS_MASTER_KEY: 'secret' }, /^OGPLUS_MASTER_KEY=…: must be 32 bytes in base64url/],
    [{ OGPLUS_DATABASE_URL: 'mysql://x' }, /OGPLUS_DATABASE_URL=mysql:\/\/x: must be an address such as postgres:/],
    [{ OGPLUS_DATABASE_URL: 'postgres://a:secret@x' }, /^((?!secret).)*must name a database((?!secret).)*$/],
  ] as const) {
    it(`is refused with one line that says which and why: ${Object.entries(setting).join()}`, () => {
      assert.throws(
        () => readConfig(setting),
        ({ message }: Error) => says.test(message) && !message.includes('\n'),
      );
    });
  }
});

describe('an address in a setting', () => {
  it('may end with a slash', () => {
    assert.equal(readConfig({ OGPLUS_URL: 'https://Example.com/' }).url, 'https://example.com');
    assert.equal(readConfig({ OGPLUS_URL: 'http://127.0.0.1:3000' }).url, 'http://127.0.0.1:3000');
  });

  it('may have a path if it is of a bucket', () => {
    const bucket = { OGPLUS_STORAGE_URL: 's3://cards', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
    const config = readConfig({ ...bucket, OGPLUS_S3_ENDPOINT: 'https://example.com/storage/v1/s3/' });
    assert.equal(config.bucket?.address.endpoint, 'https://example.com/storage/v1/s3');
  });
});
