import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseOrigin, parseOwnHost, parsePageUrl, parseRedirectHost } from '../../src/websites/parse.ts';

const names = { url: 'https://ogplus.test', connectionDomain: 'cards.test' };

describe("a website's origin", () => {
  for (const [text, origin] of [
    ['example.com', 'https://example.com'],
    ['http://EXAMPLE.com:8080/', 'http://example.com:8080'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://my_site.example.com', 'https://my_site.example.com'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['127.0.0.1.', 'https://127.0.0.1'],
    ['1.5.example.com', 'https://1.5.example.com'],
    ['0xcafe.example', 'https://0xcafe.example'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['https://example.com.', 'https://example.com'],
    ['example.com.:8443', 'https://example.com:8443'],
  ] as const) {
    it(`is ${origin} for ${text}`, () => assert.equal(parseOrigin(text), origin));
  }

  for (const host of ['1.5', '1', '0x7f.1', '127.1', '0177.0.0.1', '010.0.0.1', '0x0a000001', '１.５', '%31.5']) {
    it(`is not written ${host}, which would be read as an IP address`, () => {
      for (const text of [host, `https://${host}`, `http://${host}:8080/`]) {
        assert.throws(() => parseOrigin(text), /would be read as the IP address/, text);
      }
      assert.throws(() => parsePageUrl(`https://${host}/page?a=1.0.0.5`), /would be read as the IP address/);
      for (const text of [host, `${host}:8443`]) {
        assert.throws(() => parseRedirectHost(text), /would be read as the IP address/, text);
      }
      assert.throws(() => parseOwnHost(host, names), /is not a host name/);
    });
  }

  for (const character of ["'", '"', ';', ',', '=', '(', ')', '*', '$', '!', '&', '+', '{', '}', '`', '~']) {
    it(`has no ${character} in its host`, () => {
      for (const host of [`exa${character}mple.com`, `${character}.example.com`, `example.com${character}`]) {
        assert.throws(() => parseOrigin(`https://${host}`), /host names cannot have/);
        assert.throws(() => parsePageUrl(`https://${host}/page`), /host names cannot have/);
      }
    });
  }
});
