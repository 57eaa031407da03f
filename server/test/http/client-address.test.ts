import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { type Asking, clientIp, networkOf } from '../../src/http/connection/client-address.ts';

const { trustedProxies } = readConfig({ OGPLUS_TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8, 127.0.0.1' });

function client(peer: string | undefined, headers: Asking['headers'] = {}, proxies = trustedProxies): string {
  return networkOf(clientIp({ socket: { remoteAddress: peer }, headers }, proxies));
}

describe('the address of a client', () => {
  it('is that of the connection, whatever it claims', () => {
    const claims = { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=192.0.2.1' };
    assert.equal(client('198.51.100.7', claims), '198.51.100.7');
    assert.equal(client('10.1.1.1', claims, []), '10.1.1.1');
    assert.equal(client(undefined), '');
  });

  it('is the /64 of an IPv6 address, and IPv4 where it is mapped', () => {
    assert.equal(client('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
    assert.equal(client('2001:db8:1:2:ffff::1'), '2001:db8:1:2::/64');
    assert.equal(client('::ffff:198.51.100.7'), '198.51.100.7');
  });

  for (const [what, headers, expected] of [
    ['X-Forwarded-For', { 'x-forwarded-for': '192.0.2.1' }, '192.0.2.1'],
    [
      'only the last one that is no proxy of ours',
      { 'x-forwarded-for': '192.0.2.66, 192.0.2.1, 10.9.9.9' },
      '192.0.2.1',
    ],
    ['a port behind it', { 'x-forwarded-for': '192.0.2.1:4711' }, '192.0.2.1'],
    ['an IPv6 address', { 'x-forwarded-for': '2001:db8::1' }, '2001:db8::/64'],
    ['an IPv6 address in brackets', { 'x-forwarded-for': '[2001:db8::1]:80' }, '2001:db8::/64'],
    ['Forwarded', { forwarded: 'for=192.0.2.1;proto=https' }, '192.0.2.1'],
    ['Forwarded with quotes', { forwarded: 'By=x;For="[2001:db8::1]:4711"' }, '2001:db8::/64'],
    ['the last member of Forwarded', { forwarded: 'for=192.0.2.66, for=192.0.2.1, for=10.0.0.9' }, '192.0.2.1'],
    ['both, where they agree', { forwarded: 'for=192.0.2.1', 'x-forwarded-for': '192.0.2.1' }, '192.0.2.1'],
    ['neither, where they do not', { forwarded: 'for=192.0.2.1', 'x-forwarded-for': '192.0.2.2' }, '10.0.0.1'],
    ['nothing that is hidden', { forwarded: 'for=_hidden' }, '10.0.0.1'],
    ['nothing behind what is hidden', { forwarded: 'for=192.0.2.1, for=unknown' }, '10.0.0.1'],
    ['no member without for', { forwarded: 'for=192.0.2.1, proto=https' }, '10.0.0.1'],
    ['nothing that is broken', { forwarded: 'for="192.0.2.1' }, '10.0.0.1'],
    ['no address that is none', { 'x-forwarded-for': 'localhost' }, '10.0.0.1'],
    ['not an empty field', { 'x-forwarded-for': '' }, '10.0.0.1'],
    ['no chain of ours alone', { 'x-forwarded-for': '10.0.0.7, 10.0.0.8' }, '10.0.0.1'],
  ] as const) {
    it(`behind a proxy of ours is what it says: ${what}`, () => {
      assert.equal(client('10.0.0.1', headers), expected);
      assert.equal(client('::ffff:10.0.0.1', headers), expected);
    });
  }
});
