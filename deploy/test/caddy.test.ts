import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { cardsDomain, describeProxy, type Ports, proxyProcess, site } from './behind-proxy.ts';
import { tool } from './tool.ts';

async function startCaddy(folder: string, ports: Ports): Promise<AsyncDisposable> {
  const path = new URL('../caddy/Caddyfile', import.meta.url).pathname;
  const { code, text } = await tool('caddy', ['validate', '--adapter', 'caddyfile', '--config', path], 'caddy');
  assert.equal(code, 0, text);
  const given = await readFile(path, 'utf8');
  // Its own authority in place of a public one.
  const own = `local_certs\nskip_install_trust\nadmin off\nhttp_port ${ports.http}\nhttps_port ${ports.https}\n`;
  await writeFile(join(folder, 'Caddyfile'), given.replace(/^\{\n/m, `{\n${own}`));
  const env = {
    OGPLUS_SITE: site,
    OGPLUS_UPSTREAM: `127.0.0.1:${ports.service}`,
    OGPLUS_ASK: `127.0.0.1:${ports.service}`,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
  };
  const args = ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
  return proxyProcess('caddy', args, ports.https, env);
}

describeProxy('Caddy', startCaddy, (behind) => {
  it('asks for no certificate for a name that no website has', async () => {
    for (const host of [`aaaaaaaa.${cardsDomain}`, 'someone.example']) {
      await assert.rejects(behind().ask(host, '/'), /tlsv1 alert internal error|handshake failure/i);
    }
  });
});
