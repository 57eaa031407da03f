import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { assess } from '../../src/freshness/assess.ts';
import { judge } from '../../src/freshness/judge.ts';
import { renewedBy } from '../../src/freshness/renew.ts';
import { parseHttpDate } from '../../src/http-syntax/http-date.ts';
import type { HeaderLines } from '../../src/model/policy.ts';
import { epochMs, seconds } from '../../src/model/units.ts';

const now = Date.UTC(2026, 10, 23);

/** @param delay between the request and its response, milliseconds. */
function policyOf(headers: HeaderLines, status = 200, delay = 0) {
  const times = { requestTime: epochMs(now - delay), responseTime: epochMs(now) };
  const head = { url: 'https://example.com/', status, headers, ...times };
  return assess(head, { defaultMaxAge: null, heuristicMax: seconds(600), requestHeaders: {} });
}

/** Any bytes a header can hold, and texts that look like the real thing. */
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        ...'max-age=,s-maxage=,no-store,private,no-cache,=,",\\,;, ,\t,3600,-1,1.5,"a",public,?0'.split(','),
        ',',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);
const headers = fc.array(
  fc.tuple(
    fc.constantFrom('cache-control', 'cdn-cache-control', 'age', 'date', 'expires', 'last-modified', 'etag', 'vary'),
    value,
  ),
  { maxLength: 8 },
);

/** Milliseconds between a request and its response. */
const delays = fc.integer({ min: 0, max: 600_000 });
const ages = fc.oneof(fc.nat(10_000).map(String), fc.constantFrom('2147483648', '99999999999', '1.5', '-1', '0'));

describe('judging', () => {
  it('never throws, whatever the headers hold', () => {
    fc.assert(
      fc.property(headers, fc.integer({ min: 100, max: 599 }), delays, (lines, status, delay) => {
        const policy = policyOf(lines, status, delay);
        assert.ok(policy.lifetime >= 0);
        judge(policy, epochMs(now));
      }),
      { numRuns: 5000 },
    );
  });

  it('gives whole milliseconds and whole seconds, whatever the delay and the Age', () => {
    fc.assert(
      fc.property(headers, ages, delays, (lines, age, delay) => {
        const policy = policyOf([...lines, ['age', age]], 200, delay);
        assert.ok(Number.isSafeInteger(policy.freshUntil), String(policy.freshUntil));
        assert.ok(Number.isSafeInteger(policy.initialAge) && policy.initialAge >= 0, String(policy.initialAge));
        const verdict = judge(policy, epochMs(now));
        if (verdict.kind === 'fresh') assert.ok(Number.isSafeInteger(verdict.secondsLeft));
      }),
      { numRuns: 5000 },
    );
  });

  it('never counts a response as younger for a larger Age or a longer delay', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.nat(2 ** 31), delays, delays, (age, more, delay, longer) => {
        const until = (a: number, d: number) =>
          policyOf(
            [
              ['cache-control', 'max-age=3600'],
              ['age', String(a)],
            ],
            200,
            d,
          ).freshUntil;
        assert.ok(
          until(Math.max(age, more), Math.max(delay, longer)) <= until(Math.min(age, more), Math.min(delay, longer)),
        );
      }),
    );
  });

  it('renews a lifetime from a 304 with the delay and the Age of the 304', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), delays, (maxAge, age, delay) => {
        const stored = {
          url: 'https://example.com/',
          status: 200,
          requestTime: epochMs(now - 10 ** 6),
          responseTime: epochMs(now - 10 ** 6),
        };
        const headers: HeaderLines = [
          ['cache-control', `max-age=${maxAge}`],
          ['age', '77'],
        ];
        const notModified = {
          url: stored.url,
          status: 304,
          headers: [['age', String(age)]] as HeaderLines,
          requestTime: epochMs(now - delay),
          responseTime: epochMs(now),
        };
        const policy = assess(renewedBy({ ...stored, headers }, notModified), {
          defaultMaxAge: null,
          heuristicMax: seconds(600),
          requestHeaders: {},
        });
        assert.equal(policy.freshUntil, now + maxAge * 1000 - (age * 1000 + delay));
      }),
    );
  });

  it('never makes a card stale earlier for a longer max-age', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.nat(2 ** 31), fc.nat(10_000), (a, b, age) => {
        const until = (maxAge: number) =>
          policyOf([
            ['cache-control', `max-age=${maxAge}`],
            ['age', String(age)],
          ]).freshUntil;
        const [shorter, longer] = [Math.min(a, b), Math.max(a, b)];
        assert.ok(until(shorter) <= until(longer));
      }),
    );
  });

  it('lets no-store win over everything that allows keeping, wherever it stands', () => {
    const allowing = fc.constantFrom(
      'public',
      'max-age=60',
      's-maxage=60',
      'immutable',
      'stale-if-error=9',
      'x="y, z"',
      '',
    );
    fc.assert(
      fc.property(fc.array(allowing), fc.array(allowing), fc.boolean(), (before, after, lines) => {
        const all = [...before, 'no-store', ...after];
        const sent: HeaderLines = lines
          ? all.map((directive) => ['cache-control', directive] as const)
          : [['cache-control', all.join(', ')]];
        assert.notEqual(policyOf(sent).storeForbiddenBy, null);
      }),
    );
  });

  it('does no harm when time runs backwards by an hour: the card is asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3600 }), fc.nat(100_000), (back, maxAge) => {
        const policy = policyOf([['cache-control', `max-age=${maxAge}`]]);
        assert.equal(judge(policy, epochMs(now - back * 1000)).kind, 'stale');
      }),
    );
  });

  it('reads back every date that it writes', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        const whole = Math.floor(date.getTime() / 1000) * 1000;
        assert.equal(parseHttpDate(new Date(whole).toUTCString(), epochMs(now)), whole);
      }),
    );
  });
});
