import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Website } from '../../src/model/website.ts';
import { callApi } from '../harness/api.ts';
import { startTestService, type TestService, withoutBrowser } from '../harness/service.ts';

let test: TestService;
let website: Website;

before(async () => {
  test = await startTestService(withoutBrowser);
  website = await test.website('https://numbers.example');
});
after(() => test[Symbol.asyncDispose]());

describe('a number that no number is', () => {
  for (const number of ['1e999', '-1e999', 'Infinity', '1e308', '1e21', '9007199254740993', '1.5', 'NaN']) {
    it(`is refused in a query: ${number}`, async () => {
      const { status, json } = await callApi(test, website, `/pages?limit=${number}`);
      assert.equal(status, 400);
      assert.match(json().detail, /limit/);
    });

    it(`names no website: ${number}`, async () => {
      const { status } = await callApi(test, website, `/api/v1/websites/${number}/pages`);
      assert.ok([400, 404].includes(status), String(status));
    });
  }

  it('is refused in a body', async () => {
    const response = await fetch(`${test.service.address}/api/v1/websites/${website.id}/settings`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"viewportWidth":1e999}',
    });
    assert.ok([400, 401].includes(response.status));
  });

  it('is refused in a cursor', async () => {
    for (const cursor of ['[1e999,1]', '["a",1e999]', '[-1e999,-1e999]', '[1e300,1]']) {
      const text = Buffer.from(cursor).toString('base64url');
      for (const sort of ['target', 'requests', 'drawn']) {
        const { status } = await callApi(test, website, `/pages?sort=${sort}&cursor=${text}`);
        assert.ok(status < 500, `${cursor} by ${sort}: ${status}`);
      }
    }
  });
});

describe('a fault of ours', () => {
  it('is told as one, and as nothing that has to do with cards', async () => {
    const websites = test.service.store.websites as unknown as { keysOf: unknown };
    const before = websites.keysOf;
    websites.keysOf = () => Promise.reject(new Error('a disk of the inside'));
    try {
      const { status, json } = await callApi(test, website, '');
      const { type, title, detail } = json();
      assert.equal(status, 500);
      assert.deepEqual(
        [title, detail],
        ['The service failed', 'An unexpected error occurred. The log of the service has the details.'],
      );
      assert.match(type, /\/problems\/internal$/);
    } finally {
      websites.keysOf = before;
    }
  });
});
