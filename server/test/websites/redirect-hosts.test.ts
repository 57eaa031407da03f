import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayRedirect } from '../../src/origin/redirect-hosts.ts';
import { parseRedirectHost } from '../../src/websites/parse.ts';

describe('a host that pages may redirect to', () => {
  for (const [typed, spelled] of [
    ['Login.Example.COM', 'login.example.com'],
    ['example.com:443', 'example.com'],
    ['example.com:80', 'example.com'],
    ['example.com:8443', 'example.com:8443'],
    ['*.example.com', '*.example.com'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['[::1]:8080', '[::1]:8080'],
  ] as const) {
    it(`${typed} is ${spelled}`, () => assert.equal(parseRedirectHost(typed), spelled));
  }

  for (const typed of [
    '',
    '*',
    '*.',
    '*.*',
    'a b',
    'https://example.com',
    'example.com/x',
    'u@example.com',
    '*.10.0.0.1',
    '*.[::1]',
    'a.*.example',
    'example.com:99999',
    'a?b',
    'a#b',
    'a\\b',
  ]) {
    it(`"${typed}" is none`, () => assert.throws(() => parseRedirectHost(typed), /is not a host/));
  }
});

describe('a redirect from https://example.com', () => {
  const may = (next: string, ...hosts: string[]) =>
    mayRedirect('https://example.com', next, hosts.map(parseRedirectHost));

  it('stays on its host, whichever the scheme, with www. or without', () => {
    for (const next of ['https://example.com', 'http://example.com', 'https://www.example.com']) assert.ok(may(next));
    for (const next of ['https://example.com:8443', 'https://evil.example', 'https://example.com.evil.example'])
      assert.ok(!may(next), next);
  });

  it('goes to hosts that are named, and to none that only look like them', () => {
    assert.ok(may('https://login.example.org', 'login.example.org'));
    for (const next of ['https://example.org', 'https://xlogin.example.org', 'https://login.example.org:8443'])
      assert.ok(!may(next, 'login.example.org'), next);
    assert.ok(may('https://login.example.org:8443', 'login.example.org:8443'));
  });

  it('goes to every host below one with a star, and not to that one itself', () => {
    for (const next of ['https://a.example.org', 'http://a.b.example.org']) assert.ok(may(next, '*.example.org'), next);
    for (const next of ['https://example.org', 'https://badexample.org', 'https://a.example.org.evil.example'])
      assert.ok(!may(next, '*.example.org'), next);
  });
});
