import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { Problem } from '../../src/model/problem.ts';
import { createGuard, type Guard, portOf } from '../../src/origin/guard.ts';
import { carriersOf, spellingsOf } from './spellings.ts';

const open = (networks: string): Guard =>
  createGuard(readConfig({ OGPLUS_ALLOW_NETWORKS: networks }).allowNetworks, noName);
const noName = () => Promise.reject(new Error('No name is looked up here.'));
const closed = open('');

/** The addresses that would be connected to for a URL as somebody wrote it. */
async function reached(guard: Guard, text: string): Promise<string[]> {
  const url = new URL(text);
  guard.checkUrl(url);
  return (await guard.resolve(url.hostname, portOf(url))).map(({ address }) => address);
}

/** It cannot be read, or the guard refuses it and says why; whatever happens, there is no address to connect to. */
async function assertRefused(guard: Guard, text: string): Promise<void> {
  if (!URL.canParse(text)) return;
  await assert.rejects(reached(guard, text), (error) => {
    assert.ok(error instanceof Problem, `${text}: ${error}`);
    assert.ok(['address-refused', 'origin-failed'].includes(error.type), `${text}: ${error.type}`);
    assert.match(error.message, /may not be reached: |has no address/);
    return true;
  });
}

// IANA's special-purpose registries and the classes of old, each with its first, an inner and its last address.
const closedIPv4: Readonly<Record<string, readonly string[]>> = {
  'this network, 0.0.0.0/8': ['0.0.0.0', '0.0.0.1', '0.255.255.255'],
  'private, 10.0.0.0/8': ['10.0.0.0', '10.1.2.3', '10.255.255.255'],
  'carrier-grade NAT, 100.64.0.0/10': ['100.64.0.0', '100.100.100.200', '100.127.255.255'],
  'loopback, 127.0.0.0/8': ['127.0.0.0', '127.0.0.1', '127.1.2.3', '127.255.255.255'],
  'link-local, 169.254.0.0/16': ['169.254.0.0', '169.254.169.254', '169.254.170.2', '169.254.255.255'],
  'private, 172.16.0.0/12': ['172.16.0.0', '172.17.0.1', '172.31.255.255'],
  'protocol assignments, 192.0.0.0/24': ['192.0.0.0', '192.0.0.8', '192.0.0.170', '192.0.0.192', '192.0.0.255'],
  'documentation, 192.0.2.0/24': ['192.0.2.0', '192.0.2.255'],
  'AS112, 192.31.196.0/24 and 192.175.48.0/24': ['192.31.196.1', '192.175.48.1'],
  'AMT, 192.52.193.0/24': ['192.52.193.1'],
  '6to4 relays, 192.88.99.0/24': ['192.88.99.0', '192.88.99.1', '192.88.99.255'],
  'private, 192.168.0.0/16': ['192.168.0.0', '192.168.1.1', '192.168.255.255'],
  'benchmarking, 198.18.0.0/15': ['198.18.0.0', '198.19.255.255'],
  'documentation, 198.51.100.0/24': ['198.51.100.0', '198.51.100.255'],
  'documentation, 203.0.113.0/24': ['203.0.113.0', '203.0.113.255'],
  'multicast, 224.0.0.0/4': ['224.0.0.0', '224.0.0.251', '239.255.255.255'],
  'reserved, 240.0.0.0/4': ['240.0.0.0', '250.1.2.3', '255.255.255.254'],
  'broadcast, 255.255.255.255': ['255.255.255.255'],
  "Azure's host agent": ['168.63.129.16'],
};
const closedIPv6: Readonly<Record<string, readonly string[]>> = {
  'unspecified, ::': ['::', '0:0:0:0:0:0:0:0'],
  'loopback, ::1': ['::1', '0:0:0:0:0:0:0:1', '0000:0000:0000:0000:0000:0000:0000:0001'],
  'local-use NAT64, 64:ff9b:1::/48': ['64:ff9b:1::', '64:ff9b:1::808:808', '64:ff9b:1:ffff::1'],
  'discard, 100::/64 and 100:0:0:1::/64': ['100::', '100::1', '100:0:0:1::1'],
  'protocol assignments, 2001::/23': ['2001::', '2001:1::1', '2001:1::2', '2001:100::1', '2001:1ff:ffff::'],
  'Teredo, 2001::/32': ['2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  'benchmarking, 2001:2::/48': ['2001:2::', '2001:2:0:ffff::1'],
  'AMT, 2001:3::/32': ['2001:3::1'],
  'AS112, 2001:4:112::/48 and 2620:4f:8000::/48': ['2001:4:112::1', '2620:4f:8000::1'],
  'ORCHID, 2001:10::/28 and 2001:20::/28': ['2001:10::1', '2001:1f::1', '2001:20::1', '2001:2f:ffff::1'],
  'drone identifiers, 2001:30::/28': ['2001:30::1'],
  'documentation, 2001:db8::/32 and 3fff::/20': ['2001:db8::1', '2001:db8:ffff::', '3fff::1', '3fff:fff::1'],
  '6to4, 2002::/16': ['2002::', '2002:808:808::1', '2002:ffff:ffff::'],
  'segment routing, 5f00::/16': ['5f00::1'],
  'unique local, fc00::/7': ['fc00::1', 'fd00:ec2::254', 'fd20:ce::254', 'fdff:ffff:ffff::1'],
  'link-local, fe80::/10': ['fe80::1', 'fe80::a9fe:a9fe', 'febf:ffff::1'],
  'site-local, fec0::/10': ['fec0::1', 'feff::1'],
  'multicast, ff00::/8': ['ff02::1', 'ff05::1', 'ff0e::1'],
  'never given out': ['1::1', '400::1', '1fff::1', '4000::1', '8000::1', 'a000::1', 'e000::1', 'fa00::1'],
};

describe('an address of a special block is refused:', () => {
  for (const [block, addresses] of Object.entries(closedIPv4)) {
    it(block, async () => {
      for (const address of addresses) await assertRefused(closed, `http://${address}/`);
    });
    it(`${block}, inside an IPv6 address`, async () => {
      for (const inner of addresses.flatMap(carriersOf)) await assertRefused(closed, `http://[${inner}]/`);
    });
  }
  for (const [block, addresses] of Object.entries(closedIPv6)) {
    it(block, async () => {
      for (const address of addresses) {
        await assertRefused(closed, `http://[${address}]/`);
        await assertRefused(closed, `http://[${address.toUpperCase()}]/`);
      }
    });
  }
});

describe('an address is refused in any spelling:', () => {
  for (const address of [
    '127.0.0.1',
    '127.1.2.3',
    '10.0.0.1',
    '169.254.169.254',
    '192.168.1.1',
    '172.16.0.1',
    '0.0.0.0',
  ]) {
    it(`${address} in ${spellingsOf(address).length} spellings`, async () => {
      assert.ok(spellingsOf(address).length > 50);
      for (const spelling of spellingsOf(address)) {
        await assertRefused(closed, `http://${spelling}/`);
        await assertRefused(closed, `HTTPS://${spelling}:8080/path?query#fragment`);
      }
    });
  }

  for (const text of [
    'http://localhost.localdomain@127.0.0.1/', // a user that looks like a host
    'http://example.com:80@127.0.0.1/',
    'http://example.com%00@127.0.0.1/',
    'http://127.0.0.1\\@example.com/', // to some parsers example.com
    'http:\\\\127.0.0.1\\',
    'http:/\\127.0.0.1/',
    '\\\\127.0.0.1\\share',
    'http:127.0.0.1',
    'http:/127.0.0.1',
    'http:////127.0.0.1//',
    'ht\ttp://127.0.0.1/',
    'http://127.0.\r\n0.1/',
    ' \t\nhttp://127.0.0.1/ \u0000',
    'hTtP://127.0.0.1/',
    'http://127.0.0.1#@example.com/',
    'http://127.0.0.1?@example.com/',
    'http://127.0.0.1&example.com/',
    'http://127.0.0.1:/',
    'http://127.0.0.1:80:80/',
    'http://127.0.0.1:0080/',
    'http://127.0.0.1:+80/',
    'http://127.0.0.1 .example.com/',
    'http://127.0.0.1../',
    'http://127.0.0.1%20/',
    'http://127.0.0.1%2f.example.com/',
    'http://127.0.0.256/',
    'http://127.0.0.0.1/',
    'http://127.0.0.08/',
    'http://4294967296/',
    'http://0x100000000/',
    'http://0x/',
    'http://0/',
    'http://00/',
    'http://[::1/',
    'http://::1/',
    'http://[::1].example.com/',
    'http://[[::1]]/',
    'http://[::1%25lo]/',
    'http://[fe80::1%25eth0]/',
    'http://[fe80::1%eth0]/',
    'http://[::ffff:127.0.0.1%25lo]/',
    'http://[::ffff:0x7f.0.0.1]/',
    'http://[::ffff:0177.0.0.1]/',
    'http://[::ffff:127.1]/',
    'http://[1:2:3:4:5:6:127.0.0.1]/',
    'http://[::ffff:7f00:0001]/',
    'http://[0:0:0:0:0:FFFF:7F00:1]/',
    'http://xn--127-0-0-1/',
    'http://0.0.0.0:3000/',
    'http://[::]:3000/',
    'http://①②⑦.①/',
    'http://⑯⑨｡②⑤④｡⑯⑨｡②⑤④/',
    'http://0xA9FEA9FE/',
    'http://0251.0376.0251.0376/',
    'http://2852039166/',
    'http://[::a9fe:a9fe]/',
  ]) {
    it(JSON.stringify(text), () => assertRefused(closed, text));
  }
});

describe('anything but http and https is refused:', () => {
  for (const text of [
    'file:///etc/passwd',
    'FILE:///etc/passwd',
    'File://localhost/etc/passwd',
    'file:\\\\localhost\\etc\\passwd',
    'file:///proc/self/environ',
    'file:///tmp/',
    'ftp://example.com/',
    'gopher://127.0.0.1:6379/_INFO',
    'ws://example.com/',
    'wss://example.com/',
    'data:text/html,x',
    'javascript:alert(1)',
    'blob:https://example.com/x',
    'about:blank',
    'chrome://version',
    'view-source:http://example.com/',
    'filesystem:http://example.com/temporary/x',
    'jar:http://example.com!/',
    'dict://127.0.0.1:11211/stat',
    'ldap://127.0.0.1/',
    'unix:/var/run/docker.sock',
    'http+unix://%2Fvar%2Frun%2Fdocker.sock/info',
  ]) {
    it(text, () => assertRefused(closed, text));
  }
});

describe('a port is refused', () => {
  for (const port of [0, 1, 21, 22, 23, 25, 53, 110, 111, 135, 139, 389, 445, 465, 512, 587, 631, 873, 993, 1023]) {
    it(`${port}`, () => assertRefused(closed, `http://8.8.8.8:${port}/`));
  }
  for (const [scheme, port] of [
    ['http', 80],
    ['http', 443],
    ['https', 443],
    ['https', 80],
    ['http', 1024],
    ['https', 8443],
    ['http', 65535],
  ] as const) {
    it(`but not ${port} of ${scheme}`, async () => {
      assert.deepEqual(await reached(closed, `${scheme}://8.8.8.8:${port}/`), ['8.8.8.8']);
    });
  }
});

describe('a public address is reached, and as what it is:', () => {
  for (const [text, address] of [
    ['http://8.8.8.8/', '8.8.8.8'],
    ['https://1.1.1.1/', '1.1.1.1'],
    ['http://0x08080808/', '8.8.8.8'],
    ['http://9.255.255.255/', '9.255.255.255'],
    ['http://11.0.0.0/', '11.0.0.0'],
    ['http://100.63.255.255/', '100.63.255.255'],
    ['http://100.128.0.0/', '100.128.0.0'],
    ['http://126.255.255.255/', '126.255.255.255'],
    ['http://128.0.0.1/', '128.0.0.1'],
    ['http://169.253.255.255/', '169.253.255.255'],
    ['http://172.15.255.255/', '172.15.255.255'],
    ['http://172.32.0.0/', '172.32.0.0'],
    ['http://192.0.1.0/', '192.0.1.0'],
    ['http://192.167.255.255/', '192.167.255.255'],
    ['http://192.169.0.0/', '192.169.0.0'],
    ['http://198.17.255.255/', '198.17.255.255'],
    ['http://198.20.0.0/', '198.20.0.0'],
    ['http://223.255.255.255/', '223.255.255.255'],
    ['http://[2606:4700:4700::1111]/', '2606:4700:4700::1111'],
    ['http://[2a00:1450:4001::1]/', '2a00:1450:4001::1'],
    ['http://[2001:200::1]/', '2001:200::1'],
    ['http://[2001:4860:4860::8888]/', '2001:4860:4860::8888'],
    ['http://[::ffff:8.8.8.8]/', '8.8.8.8'],
    ['http://[64:ff9b::8.8.8.8]/', '64:ff9b::808:808'],
  ] as const) {
    it(text, async () => assert.deepEqual(await reached(closed, text), [address]));
  }
});

describe('OGPLUS_ALLOW_NETWORKS opens what it names and nothing else:', () => {
  for (const [networks, opened, stillClosed] of [
    ['127.0.0.2', ['127.0.0.2', '[::ffff:127.0.0.2]', '0x7f.2'], ['127.0.0.1', '127.0.0.3', '[::1]', '0.0.0.0']],
    ['127.0.0.0/8', ['127.0.0.1', '127.255.255.255'], ['[::1]', '[::127.0.0.1]', '0.0.0.0', '10.0.0.1']],
    ['::1', ['[::1]'], ['[::]', '[::2]', '127.0.0.1', '[::ffff:127.0.0.1]']],
    [
      '10.1.0.0/16',
      ['10.1.0.0', '10.1.255.255'],
      ['10.0.255.255', '10.2.0.0', '[64:ff9b::10.1.0.1]', '[2002:a01:1::]'],
    ],
    ['10.0.0.0/8,192.168.1.0/24', ['10.0.0.1', '192.168.1.9'], ['192.168.2.1', '172.16.0.1', '169.254.169.254']],
    ['::ffff:10.1.0.0/112', ['10.1.2.3', '[::ffff:10.1.2.3]'], ['10.2.0.1', '[::10.1.2.3]']],
    ['::/0', ['[fd00::1]', '[::1]'], ['127.0.0.1', '10.0.0.1', '[::ffff:127.0.0.1]']],
    ['fd00::/8', ['[fd12::1]', '[FD12:0:0::1]'], ['[fc00::1]', '[fe80::1]', '[::1]']],
    ['64:ff9b::10.0.0.0/104', ['[64:ff9b::10.1.2.3]'], ['10.1.2.3', '[64:ff9b::127.0.0.1]']],
    ['0.0.0.0/0', ['127.0.0.1', '169.254.169.254', '[::ffff:10.0.0.1]'], ['[::1]', '[fd00::1]']],
  ] as const) {
    it(networks, async () => {
      const guard = open(networks);
      for (const host of opened) assert.equal((await reached(guard, `http://${host}:8000/`)).length, 1, host);
      for (const host of stillClosed) await assertRefused(guard, `http://${host}:8000/`);
      await assertRefused(guard, `file://${opened[0]}/etc/passwd`);
      await assertRefused(guard, `http://${opened[0]}:22/`);
    });
  }
});

describe('a refusal', () => {
  it('names the rule, and the network that would open the address', async () => {
    for (const [text, says] of [
      ['http://2130706433/', /127\.0\.0\.1 is a loopback address\. .*OGPLUS_ALLOW_NETWORKS=127\.0\.0\.1\.$/],
      ['http://[::ffff:a9fe:a9fe]/', /169\.254\.169\.254 is a link-local address/],
      ['http://[fd00::1]/', /fd00::1 is a private address/],
      ['http://168.63.129.16/', /is a cloud-metadata address/],
      ['http://[64:ff9b::a00:1]/', /64:ff9b::a00:1 is a private address/],
      ['gopher://8.8.8.8/', /only http and https/],
      ['http://8.8.8.8:25/', /only ports 80, 443 and those above 1023/],
    ] as const) {
      await assert.rejects(reached(closed, text), says);
    }
  });
});
