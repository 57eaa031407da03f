import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settingLimits } from '../../server/src/model/setting-limits.ts';
import { defaultSettings } from '../../server/src/model/website.ts';
import { deviceOf } from '../src/screens/account/device-of.ts';
import { targetOf } from '../src/screens/check/target-of.ts';
import { originOf } from '../src/screens/new-website/origin-of.ts';
import { changeOf, fieldOf, limits, rules, valuesOf } from '../src/screens/settings/fields.ts';

describe('an address that somebody typed', () => {
  const cases = [
    ['example.com', 'https://example.com'],
    [' https://Example.com/blog?a=b#c ', 'https://example.com'],
    ['http://example.com:8080/', 'http://example.com:8080'],
    ['localhost:8000', 'http://localhost:8000'],
    ['127.0.0.1:8000/x', 'http://127.0.0.1:8000'],
    ['shop.localhost', 'http://shop.localhost'],
    ['localhost.example.com', 'https://localhost.example.com'],
    ['münchen.example', 'https://xn--mnchen-3ya.example'],
  ] as const;
  for (const [typed, origin] of cases) it(`${typed} is ${origin}`, () => assert.equal(originOf(typed), origin));

  it('is left to the service where it can be none', () => {
    for (const typed of [
      'ftp://example.com',
      'https://',
      'two words',
      'https://ada:secret@example.com',
      '1.5',
      '0x7f.1/blog',
    ]) {
      assert.equal(originOf(typed), typed);
    }
  });
});

describe('a page that somebody typed', () => {
  const origin = 'https://example.com';
  it('is its path and query, however it is written', () => {
    for (const typed of ['/a?b=c', 'a?b=c', ' /a?b=c#d ', 'https://example.com/a?b=c', 'HTTPS://EXAMPLE.COM/a?b=c']) {
      assert.deepEqual(targetOf(typed, origin), { target: '/a?b=c' });
    }
    assert.deepEqual(targetOf('', origin), { target: '/' });
    assert.deepEqual(targetOf('/grün', origin), { target: '/gr%C3%BCn' });
    assert.deepEqual(targetOf('//a', origin), { target: '//a' });
  });

  it('is of no other website', () => {
    assert.deepEqual(targetOf('https://example.org/a', origin), { wrong: 'foreign' });
    assert.deepEqual(targetOf('http://example.com/a', origin), { wrong: 'foreign' });
    assert.deepEqual(targetOf('/a b', origin), { wrong: 'spaces' });
  });
});

describe('settings in the form', () => {
  const settings = {
    ...defaultSettings,
    ownHostProof: null,
    defaultMaxAge: 60,
    redirectHosts: ['a.example'],
    ignoredParameters: null,
    fallbackPicture: null,
  };

  it('have the limits of the service', () => assert.deepEqual(limits, settingLimits));

  it('change what differs, and nothing else', () => {
    const values = valuesOf(settings);
    assert.deepEqual(changeOf(values, settings), {});
    assert.deepEqual(changeOf({ ...values, defaultMaxAge: '', viewportWidth: 800 }, settings), {
      defaultMaxAge: null,
      viewportWidth: 800,
    });
    assert.deepEqual(changeOf({ ...values, ownHost: ' cards.example.com ', redirectHosts: [] }, settings), {
      ownHost: 'cards.example.com',
      redirectHosts: [],
    });
  });

  it('say what is wrong with a number', () => {
    assert.equal(rules.viewportWidth(''), null);
    assert.equal(rules.viewportWidth(320), null);
    assert.match(rules.viewportWidth(319) ?? '', /320/);
    assert.match(rules.patience('12.5') ?? '', /whole/);
  });

  it('know which field a sentence of the service is about', () => {
    const values = { ...valuesOf(settings), ownHost: 'cards.example.com' };
    assert.equal(fieldOf('The request cannot be read: patience must be at most 120000.', values), 'patience');
    assert.equal(fieldOf('The host cards.example.com belongs to another website.', values), 'ownHost');
    assert.equal(fieldOf('"a.example" is not a host such as example.com.', values), 'redirectHosts');
    assert.equal(fieldOf('The service is stopping.', values), undefined);
  });
});

describe('a device in words', () => {
  const cases = [
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
      'Safari on macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0 Mobile/15E148 Safari/604.1',
      'Chrome on iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
      'Samsung Internet on Android',
    ],
    ['curl/8.5.0', 'curl'],
    ['', 'An unknown device'],
  ] as const;
  for (const [userAgent, words] of cases) it(words, () => assert.equal(deviceOf(userAgent), words));
});
