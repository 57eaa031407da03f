import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { settleRequestLine } from '../../src/http/connection/request-line.ts';
import { parseImageAddress } from '../../src/http/images/image-address.ts';
import { Problem } from '../../src/model/problem.ts';
import type { PublicKey, SecretKey } from '../../src/model/website.ts';
import { mayRedirect } from '../../src/origin/redirect-hosts.ts';
import { apiKeyOf, readApiKey } from '../../src/websites/keys.ts';
import {
  parseConnection,
  parseOrigin,
  parsePageUrl,
  parsePublicKey,
  parseRedirectHost,
  parseTarget,
} from '../../src/websites/parse.ts';
import { withoutSecrets } from '../../src/websites/secrets.ts';
import { isSignatureOf, readSignature, sign } from '../../src/websites/signature.ts';
import { growsEvenly, holds, texts } from '../harness/fuzz.ts';

const targets = texts(
  '/',
  '?',
  '&',
  '=',
  '%',
  '%2F',
  'ogplus_',
  'ogplus_consumer=',
  '%6fgplus_',
  '#',
  '\\',
  '..',
  'a',
  ' ',
);
const hosts = texts('a', '.', '.localhost', 'localhost', ':', '3000', '[', '::1', ']', '@', '-', 'xn--');
const urls = texts(
  'http:',
  'https:',
  '//',
  '/',
  'example.com',
  '127.0.0.1',
  '@',
  ':',
  '?',
  '#',
  '\\',
  '[::1]',
  '\t',
  '%00',
);
const imagePaths = texts(
  '/api/websites/v1/',
  'domain/',
  'ogplus_pk_a',
  '/image',
  '?',
  'b2dwbHVzX3BrX2E6',
  '/',
  '=',
  '%',
);
const base64url = fc.stringMatching(/^[\w-]{1,100}$/);
const publicKeys = base64url.map((text) => `ogplus_pk_${text}` as PublicKey);
const secretKeys = base64url.map((text) => `ogplus_sk_${text}` as SecretKey);

describe('whatever the address', () => {
  it('a target is read as it is written, or not at all', () => {
    holds(targets, (raw) => {
      const parsed = parseTarget(raw, []);
      if (parsed === undefined) return;
      assert.match(parsed.target, /^\/[!"$-~]*$/);
      assert.equal(parseTarget(parsed.target, [])?.target, parsed.target);
      for (const name of parsed.options.keys()) assert.match(name, /^ogplus_/);
      if (!/ogplus|%/i.test(raw)) assert.equal(parsed.target, raw);
    });
  });

  it('an image address is a connection’s exactly where the host is below the domain', () => {
    holds(fc.tuple(hosts, fc.oneof(targets, imagePaths)), ([host, raw]) => {
      const address = parseImageAddress(host, raw, 'localhost');
      const name = host.toLowerCase().split(':')[0]?.replace(/\.$/, '') ?? '';
      assert.equal(address?.kind === 'connection', name.endsWith('.localhost'));
      if (address?.kind === 'connection') assert.equal(address.rest, raw);
      if (address?.key !== undefined) assert.match(address.key, /^[\w-]+$/);
    });
  });

  it('a request line is settled, or refused as malformed', () => {
    const lines = fc.tuple(fc.oneof(targets, urls), hosts, fc.boolean());
    holds(lines, ([url, host, twice]) => {
      const rawHeaders = twice ? ['Host', host, 'hoST', host] : ['Host', host];
      const req = { url, rawHeaders, headers: { host }, httpVersionMajor: 1 } as unknown as IncomingMessage;
      try {
        settleRequestLine(req);
        assert.ok(req.url?.startsWith('/'));
        assert.ok(!twice);
        assert.match(req.headers.host ?? '', /^[\w.:[\]-]+$/);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        assert.equal(error.type, 'malformed-address');
      }
    });
  });

  it('what a person types is read, or refused with a sentence', () => {
    for (const parse of [parseOrigin, parsePageUrl, parseRedirectHost]) {
      holds(fc.oneof(urls, hosts), (text) => {
        try {
          parse(text);
        } catch (error) {
          assert.ok(error instanceof Problem || (error instanceof Error && error.constructor === Error), String(error));
          assert.match(error.message, /^"/);
        }
      });
    }
  });

  it('a redirect host is spelled in one way, and allows no host but its own', () => {
    holds(fc.tuple(hosts, hosts), ([typed, other]) => {
      let host: ReturnType<typeof parseRedirectHost>;
      try {
        host = parseRedirectHost(typed);
      } catch {
        return;
      }
      assert.equal(parseRedirectHost(host), host);
      if (!URL.canParse(`https://${other}`)) return;
      const next = new URL(`https://${other}`);
      if (next.origin === 'null' || !mayRedirect('https://own.example', next.origin, [host])) return;
      assert.ok(next.host === host || next.host.endsWith(host.slice(1)), `${host} allows ${next.host}`);
    });
  });
});

describe('whatever the key', () => {
  it('a signature is read back, and is that of its own query and key alone', () => {
    const inputs = fc.tuple(publicKeys, secretKeys, fc.string(), fc.string(), secretKeys);
    holds(inputs, ([publicKey, secretKey, query, otherQuery, otherKey]) => {
      const signature = readSignature(sign(publicKey, secretKey, query));
      assert.ok(signature);
      assert.equal(signature.publicKey, publicKey);
      assert.ok(isSignatureOf(secretKey, signature, query));
      assert.equal(isSignatureOf(secretKey, signature, otherQuery), query === otherQuery);
      assert.equal(isSignatureOf(otherKey, signature, query), secretKey === otherKey);
    });
  });

  it('a text is one signature or none', () => {
    holds(fc.oneof(base64url, texts('=', 'b2dwbHVzX3BrX2E6', '-', '_', '+', '/', 'AAAA')), (text) => {
      const signature = readSignature(text);
      if (signature === undefined) return;
      const bytes = Buffer.concat([Buffer.from(`${signature.publicKey}:`), signature.mac]);
      assert.equal(bytes.toString('base64url'), text);
    });
  });

  it('an API key is read back', () => {
    holds(fc.tuple(publicKeys, secretKeys), ([publicKey, secretKey]) => {
      assert.deepEqual(readApiKey(apiKeyOf(publicKey, secretKey)), { publicKey, secretKey });
    });
  });

  it('a text is an API key, or none', () => {
    const json = fc.json().map((text) => `ogplus_live_${Buffer.from(text).toString('base64url')}`);
    const near = fc
      .record({ pk: fc.oneof(publicKeys, fc.anything()), sk: fc.oneof(secretKeys, fc.anything()) })
      .map((value) => `ogplus_live_${Buffer.from(JSON.stringify(value) ?? '').toString('base64url')}`);
    holds(fc.oneof(json, near, texts('ogplus_live_', 'e30', '=', '{')), (text) => {
      const key = readApiKey(text);
      if (key !== undefined) assert.ok(parsePublicKey(key.publicKey) && typeof key.secretKey === 'string');
    });
  });

  it('a name of a website is one or none', () => {
    holds(hosts, (text) => {
      const connection = parseConnection(text);
      if (connection !== undefined) assert.match(connection, /^[a-z0-9-]{1,63}$/);
    });
  });

  it('a secret never stays in a text', () => {
    const inputs = fc.tuple(secretKeys, publicKeys, fc.string(), fc.string());
    holds(inputs, ([secretKey, publicKey, before, after]) => {
      const text = withoutSecrets(`${before} ${secretKey} ${apiKeyOf(publicKey, secretKey)} ${after}`);
      assert.doesNotMatch(text, /ogplus_(sk|live)_[\w-]/);
    });
  });
});

describe('an address that is long', () => {
  for (const piece of [
    '/',
    'a',
    '?',
    '&',
    '%',
    '=',
    '%6fgplus_=',
    '&ogplus_',
    'ogplus_sk_',
    '.localhost',
    ':',
    '-',
    'b2dw',
  ]) {
    it(`costs no more than its length: ${piece}`, () => {
      growsEvenly(piece, (text) => parseImageAddress(text, text, 'localhost'));
      growsEvenly(piece, (text) => parseImageAddress('x', `/api/websites/v1/domain/${text}/image`, 'localhost'));
      growsEvenly(piece, (text) => parseImageAddress('x', `/api/websites/v1/${text}/image?${text}`, 'localhost'));
      growsEvenly(piece, (text) => parseConnection(text));
      growsEvenly(piece, (text) => withoutSecrets(text));
      growsEvenly(piece, (text) => readApiKey(`ogplus_live_${text}`));
    });
  }
});
