import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../src/config.ts';

describe('a setting that cannot be used', () => {
  for (const [setting, says] of [
    [{ OGPLUS_PORT: 'many' }, /^OGPLUS_PORT=many: must be a whole number from 0 to 65535$/],
    [{ OGPLUS_ALLOW_NETWORKS: '10.0.0.0/99' }, /OGPLUS_ALLOW_NETWORKS=.*is not a network/],
    [{ OGPLUS_LOG_LEVEL: 'loud' }, /OGPLUS_LOG_LEVEL=loud: must be one of/],
    [{ OGPLUS_URL: 'nowhere' }, /OGPLUS_URL=nowhere/],
    [{ OGPLUS_MASTER_KEY: 'secret' }, /^OGPLUS_MASTER_KEY=…: must be 32 bytes in base64url/],
    [{ OGPLUS_DATABASE_URL: 'mysql://x' }, /OGPLUS_DATABASE_URL=mysql:\/\/x: must be an address such as postgres:/],
    [{ OGPLUS_DATABASE_URL: 'postgres://a:secret@x' }, /^((?!secret).)*must name a database((?!secret).)*$/],
  ] as const) {
    it(`is refused with one line that says which and why: ${Object.entries(setting).join()}`, () => {
      assert.throws(
        () => readConfig(setting),
        ({ message }: Error) => says.test(message) && !message.includes('\n'),
      );
    });
  }
});
