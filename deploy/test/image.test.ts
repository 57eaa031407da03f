// Builds the image and runs it as compose.yaml does: an ordinary user, no capabilities, a read-only root, the project's seccomp
// profile. `npm run test:image`; it takes some minutes.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../server/test/harness/free-port.ts';
import { page, startOrigin } from '../../server/test/harness/origin.ts';
import { until } from '../../server/test/harness/until.ts';
import { tool } from './tool.ts';

const deploy = fileURLToPath(new URL('..', import.meta.url));
const user = 10001;
process.env['STORAGE_DRIVER'] ??= 'vfs'; // works on every file system

async function done(name: string, args: readonly string[], from: string): Promise<string> {
  const { code, text } = await tool(name, args, from);
  assert.equal(code, 0, `${name} ${args.join(' ')}\n${text}`);
  return text.trim();
}

/** The seccomp profile as the runtime takes it. */
async function seccomp() {
  const profile = JSON.parse(await readFile(join(deploy, 'container/seccomp.json'), 'utf8'));
  const syscalls = profile.syscalls.map(({ comment: _, ...rule }: { comment?: string }) => rule);
  return { defaultAction: profile.defaultAction, architectures: ['SCMP_ARCH_X86_64'], syscalls };
}

/** What `docker run` makes of compose.yaml, for the runtime itself. It shares the machine's network. */
async function bundle(root: string, folder: string, args: readonly string[], env: readonly string[]): Promise<void> {
  await done('runc', ['spec', '--bundle', folder], 'runc');
  const file = join(folder, 'config.json');
  const spec = JSON.parse(await readFile(file, 'utf8'));
  const none = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] };
  spec.root = { path: root, readonly: true };
  Object.assign(spec.process, {
    terminal: false,
    user: { uid: user, gid: user },
    cwd: '/data',
    args,
    env,
    capabilities: none,
    noNewPrivileges: true,
    rlimits: [{ type: 'RLIMIT_NOFILE', hard: 16384, soft: 16384 }],
  });
  spec.mounts.push(
    { destination: '/data', type: 'bind', source: join(folder, 'data'), options: ['rbind', 'rw'] },
    { destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'nodev', 'mode=1777', 'size=1g'] },
  );
  spec.linux.namespaces = spec.linux.namespaces.filter(({ type }: { type: string }) => type !== 'network');
  spec.linux.seccomp = await seccomp();
  await writeFile(file, JSON.stringify(spec));
}

describe('the image', () => {
  let folder: string;
  let container: string;
  let root: string;
  let env: readonly string[];
  let port: number;
  let service: ChildProcess;
  let log = '';

  before(async () => {
    const bases = await done('buildah', ['images', '--format', '{{.Name}}'], 'buildah');
    if (!bases.includes('localhost/ogplus-base')) await done(join(deploy, 'test/base-image.sh'), [], 'mmdebstrap');
    const from = ['--isolation', 'chroot', '--build-arg', 'BASE=localhost/ogplus-base'];
    await done(join(deploy, 'container/build.sh'), ['buildah', ...from], 'buildah');
    container = await done('buildah', ['from', 'localhost/ogplus'], 'buildah');
    root = await done('buildah', ['mount', container], 'buildah');
    const { config } = JSON.parse(
      await done('buildah', ['inspect', '--type', 'image', 'localhost/ogplus'], 'buildah'),
    ).OCIv1;
    assert.equal(config.User, `${user}:${user}`);
    port = await freePort();
    env = [...config.Env, `OGPLUS_PORT=${port}`, 'OGPLUS_ALLOW_NETWORKS=127.0.0.0/8'];
    folder = await mkdtemp(join(tmpdir(), 'ogplus-image-'));
    await mkdir(join(folder, 'data'), { mode: 0o700 });
    await chown(join(folder, 'data'), user, user);
    await bundle(root, folder, [...config.Entrypoint, ...config.Cmd], env);
    service = spawn('runc', ['run', '--bundle', folder, 'ogplus-image-test'], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [service.stdout, service.stderr]) {
      stream?.on('data', (chunk) => {
        log += chunk;
      });
    }
    await until('the service is ready', async () => {
      assert.equal(service.exitCode, null, log);
      return (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.status === 200;
    });
  });
  after(async () => {
    if (service?.exitCode === null) {
      service.kill('SIGKILL');
      await tool('runc', ['delete', '--force', 'ogplus-image-test'], 'runc');
    }
    if (container !== undefined) await tool('buildah', ['rm', container], 'buildah');
    await rm(folder, { recursive: true, force: true });
  });

  const inside = (...args: string[]) =>
    tool('runc', ['exec', ...env.flatMap((one) => ['--env', one]), 'ogplus-image-test', ...args], 'runc');

  it("runs the browser in its own sandbox, in spite of the engine's confinement", () => {
    assert.match(log, /"sandboxed":true/);
  });

  it('draws a card, with the command line of the same image', async () => {
    await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=60' } }));
    const made = await inside('ogplus', 'site', 'create', origin.url, '--json');
    assert.equal(made.code, 0, made.text);
    const { publicKey } = JSON.parse(made.text.slice(made.text.indexOf('{'), made.text.lastIndexOf('}') + 1));
    const card = await fetch(`http://127.0.0.1:${port}/api/websites/v1/domain/${publicKey}/image/`);
    assert.equal(card.status, 200, await card.clone().text());
    assert.match(card.headers.get('content-type') ?? '', /^image\//);
  });

  it('has nothing that the doctor would call broken', async () => {
    const { code, text } = await inside('ogplus', 'doctor');
    assert.equal(code, 0, text);
    console.log(text);
  });

  it('answers its health check, and writes to its volume and /tmp alone', async () => {
    const check =
      'fetch("http://127.0.0.1:" + process.env.OGPLUS_PORT + "/readyz").then((r) => process.exit(r.ok ? 0 : 1))';
    assert.equal((await inside('node', '-e', check)).code, 0);
    assert.match((await inside('node', '-e', 'fs.writeFileSync("/opt/x", "")')).text, /EROFS/);
  });

  it('ends within its grace, and leaves no process', async () => {
    const ended = once(service, 'exit');
    await tool('runc', ['kill', 'ogplus-image-test', 'TERM'], 'runc');
    const [code] = await ended;
    assert.equal(code, 0, log);
  });
});
