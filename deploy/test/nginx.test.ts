import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { cardsDomain, describeProxy, type Ports, proxyProcess, site } from './behind-proxy.ts';
import { tool } from './tool.ts';

async function startNginx(folder: string, ports: Ports): Promise<AsyncDisposable> {
  const names = `subjectAltName=DNS:${site},DNS:*.${cardsDomain}`;
  const key = ['-newkey', 'rsa:2048', '-noenc', '-keyout', 'privkey.pem', '-out', 'fullchain.pem'];
  await tool('openssl', ['req', '-x509', ...key, '-subj', '/CN=ogplus', '-addext', names], 'openssl', folder);
  const given = await readFile(new URL('../nginx/ogplus.conf', import.meta.url), 'utf8');
  const conf = given
    .replaceAll('/etc/ssl/ogplus', folder)
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${ports.service}`)
    .replaceAll(/listen (\[::\]:)?80;/g, `listen $1${ports.http};`)
    .replaceAll(/listen (\[::\]:)?443 /g, `listen $1${ports.https} `);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join('\n');
  const main = `daemon off; pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off;\n${paths}\n${conf}\n}\n`;
  await writeFile(join(folder, 'nginx.conf'), main);
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf')];
  const { code, text } = await tool('nginx', ['-t', ...args], 'nginx-light');
  assert.equal(code, 0, text);
  return proxyProcess('nginx', args, ports.https);
}

describeProxy('nginx', startNginx, (behind) => {
  it('has no card for a name that no website has', async () => {
    assert.equal((await behind().ask(`aaaaaaaa.${cardsDomain}`, '/')).status, 404);
  });
});
