import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseOrigin, parsePageUrl } from '../../src/websites/parse.ts';

describe("a website's origin", () => {
  for (const [text, origin] of [
    ['example.com', 'https://example.com'],
    ['http://EXAMPLE.com:8080/', 'http://example.com:8080'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://my_site.example.com', 'https://my_site.example.com'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['https://example.com.', 'https://example.com'],
    ['example.com.:8443', 'https://example.com:8443'],
  ] as const) {
    it(`is ${origin} for ${text}`, () => assert.equal(parseOrigin(text), origin));
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
