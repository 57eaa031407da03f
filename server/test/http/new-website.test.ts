import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { first, type SignedIn } from '../harness/people.ts';
import { startTestService, type TestService } from '../harness/service.ts';

let test: TestService;
let site: Origin;
let owner: SignedIn;

before(async () => {
  test = await startTestService();
  site = await startOrigin(page());
  owner = await first(test);
});
after(async () => {
  await test[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const add = async (origin: string) => {
  const { status, json } = await owner.ask('POST', '/api/v1/websites', { origin });
  return { status, json: json as unknown as Record<string, Record<string, unknown>> & { detail?: string } };
};

describe('a new website', () => {
  for (const [origin, says] of [
    ['10.0.0.1', /^10\.0\.0\.1 may not be reached: 10\.0\.0\.1 is a private address/],
    ['169.254.169.254', /may not be reached: 169\.254\.169\.254 is/],
    ['http://127.0.0.1:22', /port 22 may not be reached: only ports 80, 443 and those above 1023/],
    ['1.5', /^"1\.5" would be read as the IP address 1\.0\.0\.5/],
    ['http://0x7f.1:3000', /^"0x7f\.1" would be read as the IP address 127\.0\.0\.1/],
    ['foo', /^"foo" is not a full host name/],
  ] as const) {
    it(`is not taken at ${origin}, with the reason`, async () => {
      const { status, json } = await add(origin);
      assert.ok(status === 403 || status === 400, JSON.stringify(json));
      assert.match(json.detail ?? '', says);
    });
  }

  it('says what its home page answered', async () => {
    const { status, json } = await add(site.url);
    assert.equal(status, 201);
    assert.deepEqual(json['reached'], { status: 200, problem: null });
  });

  it('is taken where the site fails, and says so', async () => {
    await using failing = await startOrigin(page({ status: 500 }));
    const { status, json } = await add(failing.url);
    assert.equal(status, 201);
    assert.deepEqual(json['reached'], { status: 500, problem: 'The page answers 500.' });
  });

  it('is one with and without the dot at the end, and is shown as people write it', async () => {
    const made = await add('http://xn--mnchen-3ya.localhost:8080');
    assert.equal(made.json['website']?.['host'], 'http://münchen.localhost:8080', JSON.stringify(made.json));
    assert.equal((await add('http://xn--mnchen-3ya.localhost.:8080')).status, 409);
  });
});
