import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Website } from '../../src/model/website.ts';
import { callApi } from '../harness/api.ts';
import { startTestService, type TestService, withoutBrowser } from '../harness/service.ts';

let test: TestService;
let website: Website;

before(async () => {
  test = await startTestService(withoutBrowser);
  website = await test.website('https://settings.example');
});
after(() => test[Symbol.asyncDispose]());

const change = async (settings: object) => {
  const { status, json } = await callApi(test, website, '/settings', { method: 'PATCH', body: settings });
  return { status, body: json() };
};

describe('the settings of a website, over the API', () => {
  const values = {
    defaultMaxAge: [0, 31_536_000],
    viewportWidth: [320, 2400],
    patience: [0, 120_000],
    recheckInterval: [1, 31_536_000],
    rendersPerMinute: [1, 1_000_000],
  };

  for (const [name, value] of [
    ['defaultMaxAge', '60'],
    ['defaultMaxAge', true],
    ['oneCard', 'true'],
    ['oneCard', 1],
    ['ignoredParameters', 'ref'],
    ['ownHost', 5],
  ] as const) {
    it(`${name} is of its own type, and not ${JSON.stringify(value)}`, async () => {
      const { status, body } = await change({ [name]: value });
      assert.equal(status, 400);
      assert.match(body.detail, new RegExp(name));
    });
  }

  for (const [name, [least, most]] of Object.entries(values) as Array<[string, [number, number]]>) {
    it(`${name} is null at first, a whole number from ${least} to ${most}, and null again`, async () => {
      const settings = async () => (await callApi(test, website, '')).json().settings;
      assert.equal((await settings())[name], null);
      for (const value of [least, most, null]) {
        const { status, body } = await change({ [name]: value });
        assert.deepEqual([status, body[name]], [200, value]);
        assert.equal((await settings())[name], value);
      }
      for (const [value, says] of [
        [least - 1, `${name} must be at least ${least}`],
        [most + 1, `${name} must be at most ${most}`],
        [least + 0.5, `${name} must be a whole number or null`],
        ['many', `${name} must be a whole number or null`],
      ] as const) {
        const { status, body } = await change({ [name]: value });
        assert.deepEqual([status, body.detail], [400, `The request cannot be read: ${says}.`]);
      }
      assert.equal((await settings())[name], null);
    });
  }

  it('leave the own host to others when it is null again', async () => {
    assert.equal((await change({ ownHost: 'cards.settings.example' })).body.ownHost, 'cards.settings.example');
    assert.equal((await change({ ownHost: null })).body.ownHost, null);
  });

  it('say what they do not know, and want to be told something', async () => {
    for (const [body, says] of [
      [{ width: 800 }, 'there is no "width"'],
      [{}, 'it is empty'],
      [[], 'it must be an object'],
      [{ equalDocuments: 'perhaps' }, 'equalDocuments must be true or false'],
      [{ redirectHosts: ['a.example', 1] }, 'redirectHosts/1 must be a text'],
    ] as const) {
      const { status, body: problem } = await change(body);
      assert.deepEqual([status, problem.detail], [400, `The request cannot be read: ${says}.`]);
    }
  });
});
