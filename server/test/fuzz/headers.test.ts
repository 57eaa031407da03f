import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { firstLanguage } from '../../src/cards/request.ts';
import { selects } from '../../src/cards/selection.ts';
import { readConfig } from '../../src/config.ts';
import { decoderOf, encodingOf } from '../../src/document/encoding.ts';
import { assess } from '../../src/freshness/assess.ts';
import { readDirectives } from '../../src/freshness/directives.ts';
import { clientIp, networkOf } from '../../src/http/connection/client-address.ts';
import { forwardedFor } from '../../src/http/connection/forwarded.ts';
import { isNotModified } from '../../src/http/images/not-modified.ts';
import { formatHttpDate, parseHttpDate } from '../../src/http-syntax/http-date.ts';
import { epochMs, seconds } from '../../src/model/units.ts';
import { retryAfter } from '../../src/origin/retry-after.ts';
import { growsEvenly, holds, texts } from '../harness/fuzz.ts';

const now = epochMs(Date.UTC(2026, 10, 23));
const head = (name: string, value: string) => ({
  url: 'https://example.com/',
  status: 200,
  headers: [[name, value] as const],
  requestTime: now,
  responseTime: now,
});
const { trustedProxies } = readConfig({ OGPLUS_TRUSTED_PROXIES: '10.0.0.0/8,fd00::/8' });

const directives = texts(
  'max-age=',
  's-maxage=',
  'no-store',
  'no-cache',
  '=',
  '"',
  '\\',
  ',',
  ';',
  ' ',
  '\t',
  '60',
  '-1',
  '1.5',
);
const dates = texts('Mon', ', ', '23', ' ', 'Nov', '2026', '00', ':', 'GMT', '-', '99');
const languages = texts('de', '-', 'AT', ';', 'q=', '0.5', ',', '*', ' ', '1e9', 'NaN');
const tags = texts('"', 'W/', '*', ',', ' ', 'a');
const forwarded = texts(
  'for=',
  'For=',
  '"',
  '\\',
  ';',
  ',',
  ' ',
  '192.0.2.1',
  '[2001:db8::1]',
  ':80',
  '10.0.0.1',
  'by=',
  '_x',
);
const types = texts('text/html', ';', 'charset', '=', '"', 'utf-8', 'x-user-defined', ' ');

describe('whatever a header field holds', () => {
  it('cache directives are read', () => {
    holds(directives, (value) => {
      for (const name of ['cache-control', 'cdn-cache-control']) {
        const read = readDirectives([[name, value]]);
        for (const directive of ['max-age', 's-maxage', 'no-store']) {
          const span = read.secondsOf(directive);
          assert.ok(
            span === undefined || span === 'invalid' || (Number.isInteger(span) && span >= 0 && span <= 2 ** 31),
          );
        }
      }
    });
  });

  it('a response is judged', () => {
    const fields = fc.constantFrom(
      'cache-control',
      'cdn-cache-control',
      'expires',
      'date',
      'age',
      'vary',
      'last-modified',
      'etag',
    );
    holds(fc.tuple(fields, fc.oneof(directives, dates, languages, tags)), ([name, value]) => {
      const context = { defaultMaxAge: null, heuristicMax: seconds(600), requestHeaders: { 'accept-language': 'de' } };
      const policy = assess(head(name, value), context);
      assert.ok(Number.isFinite(policy.freshUntil));
      selects(policy, { 'accept-language': 'en', consumer: 'generic' } as never);
    });
  });

  it('a date is one or none, and is written as it was read', () => {
    holds(dates, (text) => {
      const date = parseHttpDate(text, now);
      if (date !== undefined) assert.equal(parseHttpDate(formatHttpDate(date), now), date);
    });
  });

  it('Retry-After is whole seconds or nothing', () => {
    holds(fc.oneof(dates, texts('1', '0', '-', '.', ' ', 'e')), (text) => {
      const span = retryAfter(head('retry-after', text));
      assert.ok(span === undefined || (Number.isInteger(span) && span >= 0));
    });
  });

  it('Accept-Language gives a short tag or nothing', () => {
    holds(languages, (text) => assert.match(firstLanguage(text), /^$|^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/));
  });

  it('If-None-Match and If-Modified-Since match or do not', () => {
    holds(fc.tuple(tags, dates), ([tag, date]) => {
      const hash = 'f'.repeat(64);
      const matches = isNotModified({ 'if-none-match': tag }, hash, now);
      if (!tag.includes('*')) assert.equal(matches, false);
      assert.equal(isNotModified({ 'if-none-match': `${tag.replaceAll(',', '')},"${hash}"` }, hash, now), true);
      isNotModified({ 'if-modified-since': date }, hash, now);
    });
  });

  it('Forwarded names who asks, or nobody', () => {
    holds(forwarded, (text) => void forwardedFor(text));
    const addresses = fc.array(fc.oneof(fc.ipV4(), fc.ipV6()), { minLength: 1, maxLength: 20 });
    holds(addresses, (list) => {
      const field = list.map((address) => (address.includes(':') ? `for="[${address}]:4711"` : `for=${address};by=x`));
      const read = forwardedFor(field.join(', '));
      assert.deepEqual(
        read,
        list.map((address) => (address.includes(':') ? `[${address}]:4711` : address)),
      );
    });
  });

  it('a client is the connection’s own address, unless that is a proxy of ours', () => {
    const headers = fc.record({ forwarded, 'x-forwarded-for': forwarded });
    holds(fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), headers), ([remoteAddress, fields]) => {
      const client = clientIp({ socket: { remoteAddress }, headers: fields }, trustedProxies);
      if (!/^10\.|^fd/i.test(remoteAddress)) assert.equal(client, remoteAddress);
      assert.doesNotMatch(networkOf(client), /\n/);
    });
    holds(headers, (fields) => {
      const client = clientIp({ socket: { remoteAddress: '10.0.0.1' }, headers: fields }, trustedProxies);
      assert.match(client, /^[\da-f.:]+(%.*)?$/i);
    });
  });

  it('a document has a charset that can be decoded', () => {
    holds(fc.tuple(types, fc.uint8Array({ maxLength: 100 })), ([type, body]) => {
      decoderOf(encodingOf([['content-type', type]], body))(body);
    });
  });
});

describe('a header field that is long', () => {
  for (const piece of [
    ',',
    '"',
    '\\',
    '\\"',
    'a',
    'a,',
    'a=',
    '=',
    ' ',
    '\t',
    ';',
    'a;',
    'for=a,',
    'for="',
    'for=a;',
    'W/"a",',
    '1',
    '*',
    '-',
  ]) {
    it(`costs no more than its length: ${JSON.stringify(piece)}`, () => {
      growsEvenly(piece, (text) => readDirectives([['cache-control', text]]));
      growsEvenly(piece, (text) => readDirectives([['cache-control', `a="${text}`]]));
      growsEvenly(piece, (text) => readDirectives([['cdn-cache-control', text]]));
      growsEvenly(piece, (text) => firstLanguage(text));
      growsEvenly(piece, (text) => forwardedFor(text));
      growsEvenly(piece, (text) => forwardedFor(`for="${text}`));
      growsEvenly(piece, (text) => parseHttpDate(text, now));
      growsEvenly(piece, (text) => retryAfter(head('retry-after', text)));
      growsEvenly(piece, (text) => isNotModified({ 'if-none-match': text }, 'f', now));
      growsEvenly(piece, (text) => encodingOf([['content-type', `text/html; charset=${text}`]], Buffer.alloc(0)));
      growsEvenly(piece, (text) =>
        clientIp({ socket: { remoteAddress: '10.0.0.1' }, headers: { 'x-forwarded-for': text } }, trustedProxies),
      );
    });
  }
});
