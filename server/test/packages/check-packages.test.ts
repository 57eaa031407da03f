import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { faultsOf } from '../../../scripts/check-packages.mjs';

const script = fileURLToPath(new URL('../../../scripts/check-packages.mjs', import.meta.url));
const good = { license: 'MIT', integrity: 'sha512-x' };
const faults = (name: string, entry: object) => faultsOf([], { [`node_modules/${name}`]: entry }, () => undefined);

describe('the packages of this project', () => {
  it('are exact, whole, and licensed as allowed', () => {
    const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
  });
});

describe('the check of the packages', () => {
  it('finds nothing wrong with good ones', () => {
    for (const license of ['MIT', 'Apache-2.0', '(MIT OR GPL-3.0)', 'MIT AND ISC']) {
      assert.deepEqual(faults('x', { ...good, license }), []);
    }
    assert.deepEqual(faults('@fontsource-variable/noto-sans', { ...good, license: 'OFL-1.1' }), []);
  });

  for (const [what, entry] of [
    ['a licence that is not allowed', { ...good, license: 'GPL-3.0' }],
    ['a licence that is allowed for others', { ...good, license: 'OFL-1.1' }],
    ['half a licence', { ...good, license: 'MIT AND GPL-3.0' }],
    ['no licence', { integrity: 'sha512-x' }],
    ['an install script', { ...good, hasInstallScript: true }],
    ['no hash', { license: 'MIT' }],
    ['a weak hash', { ...good, integrity: 'sha1-x' }],
    ['a place it comes from', { ...good, resolved: 'https://example.com/x.tgz' }],
  ] as const) {
    it(`finds ${what}`, () => assert.equal(faults('x', entry).length, 1));
  }

  it('believes the package that is there before the lock file', () => {
    assert.equal(faultsOf([], { 'node_modules/a/node_modules/x': good }, () => 'GPL-3.0').length, 1);
  });

  it('finds versions that are not exact', () => {
    for (const version of ['^1.0.0', '1.x', '*', 'latest', 'https://example.com/x.tgz', '1.0']) {
      assert.equal(faultsOf([{ name: 'x', dependencies: { y: version } }], {}, () => undefined).length, 1, version);
    }
  });
});
