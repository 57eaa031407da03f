import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PublicKey } from '../../src/model/website.ts';
import { apiKeyOf, newPublicKey, secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { sign } from '../../src/websites/signature.ts';
import { Asking } from '../harness/asking.ts';
import { ogplusProcess } from '../harness/command.ts';
import { page } from '../harness/origin.ts';

const asking = new Asking();
const cached = page({ headers: { 'Cache-Control': 'max-age=600' } });

const secretOf = async (key: PublicKey) => secretKeyOf(await masterKey({ dataDir: asking.test.dataDir }), key);

async function addresses(key: PublicKey) {
  const query = `url=${encodeURIComponent(asking.origin.url + asking.target)}`;
  return {
    domain: `/api/websites/v1/domain/${key}/image${asking.target}`,
    signed: `/api/websites/v1/${sign(key, await secretOf(key), query)}/image?${query}`,
    bearer: { authorization: `Bearer ${apiKeyOf(key, await secretOf(key))}` },
  };
}

const api = () => `/api/v1/page?url=${encodeURIComponent(asking.origin.url + asking.target)}`;
const statusOf = async (target: string, headers = {}) => (await asking.test.ask(target, headers)).status;

/** What the key opens: domain address, signed address, management API. */
async function opens(key: PublicKey) {
  const { domain, signed, bearer } = await addresses(key);
  return [await statusOf(domain), await statusOf(signed), await statusOf(api(), bearer)];
}

describe('keys that are rotated', () => {
  it('are all good at once, and each until it is revoked', async () => {
    asking.origin.answer = cached;
    const { store } = asking.test.service;
    const made = await asking.test.website('https://rotated.example');
    const second = newPublicKey();
    await store.websites.createKey(made.id, second, asking.test.clock.now());
    // Asked for through the signed address: the page of any website.
    for (const key of [made.publicKey, second]) {
      assert.equal(await statusOf((await addresses(key)).signed), 200);
    }
    await store.websites.revokeKey(made.publicKey, asking.test.clock.now());
    assert.equal(await statusOf((await addresses(made.publicKey)).signed), 403);
    assert.equal(await statusOf((await addresses(second)).signed), 200);
  });

  it('mean the same cards', async () => {
    asking.origin.answer = cached;
    const second = newPublicKey();
    await asking.test.service.store.websites.createKey(asking.website.id, second, asking.test.clock.now());
    assert.equal(await statusOf((await addresses(asking.website.publicKey)).domain), 200);
    const { headers } = await asking.test.ask((await addresses(second)).domain);
    assert.match(headers['cache-status'] ?? '', /^ogplus; hit/);
  });
});

describe('a key that is revoked by another process', () => {
  it('opens nothing from the next request on, though its card lies fresh in memory', async () => {
    asking.origin.answer = cached;
    const { store } = asking.test.service;
    const key = newPublicKey();
    await store.websites.createKey(asking.website.id, key, asking.test.clock.now());
    const { domain, signed } = await addresses(key);
    assert.deepEqual(await opens(key), [200, 200, 200]);
    const { code } = await ogplusProcess(['site', 'key', 'revoke', key], { OGPLUS_DATA_DIR: asking.test.dataDir });
    assert.equal(code, 0);
    assert.deepEqual(await opens(key), [404, 403, 401]);
    assert.match((await asking.test.ask(domain)).body.toString(), /problems\/unknown-website"/);
    assert.match((await asking.test.ask(signed)).body.toString(), /problems\/wrong-signature".*revoked/);
  });

  it('leaves the connection address as it is, the last key too', async () => {
    asking.origin.answer = cached;
    await asking.test.service.store.websites.revokeKey(asking.website.publicKey, asking.test.clock.now());
    assert.equal((await asking.ask()).status, 200);
  });
});
