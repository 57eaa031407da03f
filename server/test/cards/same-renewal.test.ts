import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { assessPage } from '../../src/cards/assess-page.ts';
import { renewedAgain } from '../../src/cards/same-renewal.ts';
import { renewedBy } from '../../src/freshness/renew.ts';
import { formatHttpDate } from '../../src/http-syntax/http-date.ts';
import { judgedFields } from '../../src/http-syntax/judged-fields.ts';
import type { StoredResponse } from '../../src/model/card.ts';
import type { HeaderLines, ResponseHead } from '../../src/model/policy.ts';
import { epochMs, seconds } from '../../src/model/units.ts';
import type { Website } from '../../src/model/website.ts';

const start = 1_800_000_000_000;
const settings = {} as Website['settings'];

function response(status: number, headers: HeaderLines, at: number, took: number): ResponseHead {
  return { url: 'https://example.com/', status, headers, requestTime: epochMs(at - took), responseTime: epochMs(at) };
}

function judged(head: ResponseHead, maxAgeTag: string | undefined, defaultMaxAge: number | null): StoredResponse {
  const context = { maxAgeTag, defaultMaxAge: defaultMaxAge === null ? null : seconds(defaultMaxAge) };
  const policy = assessPage(head, [], { ...context, heuristicMax: seconds(600), requestHeaders: {} });
  return { head: { ...head, headers: judgedFields(head.headers) }, policy, versionTag: null };
}

const date = (at: number) => fc.integer({ min: -100_000, max: 5_000 }).map((off) => formatHttpDate(epochMs(at + off)));
const line = fc.oneof(
  fc
    .constantFrom('no-cache', 'max-age=60', 's-maxage=10, max-age=5', 'max-age=x', 'private', 'stale-if-error=9', '')
    .map((value) => ['cache-control', value] as const),
  fc.constantFrom('max-age=7', '').map((value) => ['cdn-cache-control', value] as const),
  fc.constantFrom('0', '12', 'x').map((value) => ['age', value] as const),
  fc.constantFrom('"a"', 'W/"b"').map((value) => ['etag', value] as const),
  fc.constantFrom('accept-language', 'user-agent', '*').map((value) => ['vary', value] as const),
  date(start).map((value) => ['last-modified', value] as const),
  date(start).map((value) => ['expires', value] as const),
  fc.constantFrom('a=1', 'b=2').map((value) => ['set-cookie', value] as const),
);
const lines = fc.array(line, { maxLength: 6 });
const maybeDate = (at: number) => fc.option(date(at), { nil: undefined });
const withDate = (headers: HeaderLines, value: string | undefined): HeaderLines =>
  value === undefined ? headers : [...headers, ['date', value]];

describe('a 304 that says the same as the last one', () => {
  it('is judged as any other is', () => {
    const tag = fc.constantFrom(undefined, '30');
    const all = [lines, lines, maybeDate(start), maybeDate(start), fc.nat(90_000), fc.nat(3000), tag] as const;
    let again = 0;
    fc.assert(
      fc.property(...all, fc.constantFrom(null, 100), (stored, said, before, now, later, took, maxAgeTag, usual) => {
        const first = judged(response(200, stored, start - 10_000, 10), maxAgeTag, usual);
        const heard = withDate(said, before);
        const last = judged(renewedBy(first.head, response(304, heard, start, 20)), maxAgeTag, usual);
        const next = response(304, withDate(said, now), start + later, took);
        const renewed = renewedAgain({ response: last, notModified: heard, settings }, next);
        if (renewed === undefined) return;
        again++;
        const { head, policy } = judged(renewedBy(last.head, next), maxAgeTag, usual);
        assert.deepEqual(renewed.policy, policy);
        const sorted = (headers: HeaderLines) => [...headers].map((each) => each.join(': ')).sort();
        assert.deepEqual(sorted(renewed.head.headers), sorted(head.headers));
        assert.deepEqual({ ...renewed.head, headers: [] }, { ...head, headers: [] });
      }),
      { numRuns: 3000 },
    );
    assert.ok(again > 300, `${again} were judged again`);
  });

  it('that says more or less than the last one, or the same with another value, is judged anew', () => {
    const heard: HeaderLines = [
      ['cache-control', 'no-cache'],
      ['etag', '"a"'],
    ];
    const last = judged(renewedBy(response(200, [], start, 1), response(304, heard, start, 1)), undefined, null);
    const hears = (headers: HeaderLines) =>
      renewedAgain({ response: last, notModified: heard, settings }, response(304, headers, start, 1));
    assert.notEqual(hears(heard), undefined);
    assert.equal(hears(heard.slice(0, 1)), undefined);
    assert.equal(hears([...heard, ['vary', 'accept-language']]), undefined);
    assert.equal(hears([['cache-control', 'max-age=60'], ...heard.slice(1)]), undefined);
  });
});
