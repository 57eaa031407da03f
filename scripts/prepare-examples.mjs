// Before `npm run examples`: the packages of each example, in them the client as it is packed from these sources, and the
// programs of the machine that examples run on.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Programs that examples need, and the packages of Debian that have them. */
const programs = {
  hugo: [['hugo', 'hugo']],
  php: [['php', 'php-cli']],
  rails: [
    ['puma', 'puma'],
    ['rails', 'ruby-railties'],
    ['/var/lib/dpkg/info/ruby-activerecord.list', 'ruby-activerecord ruby-sqlite3'],
  ],
  sinatra: [['puma', 'puma ruby-sinatra']],
  wordpress: [
    ['php', 'php-cli php-mysql'],
    ['mariadbd', 'mariadb-server php-mysql'],
    ['/usr/share/wordpress/wp-load.php', 'wordpress'],
  ],
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const client = join(root, 'client');
const wanted = process.argv.slice(2);

run(join(client, 'build', 'build.mjs'));
const examples = readdirSync(join(root, 'examples')).filter(
  (name) =>
    existsSync(join(root, 'examples', name, 'package-lock.json')) && (wanted.length === 0 || wanted.includes(name)),
);
if (examples.length > 0)
  run(join(root, 'scripts', 'install-beside.mjs'), ...examples.map((name) => `examples/${name}`));
for (const name of examples) {
  const copy = join(root, 'examples', name, 'node_modules', '@ogplus', 'client');
  rmSync(copy, { recursive: true, force: true });
  for (const part of [...JSON.parse(readFileSync(join(client, 'package.json'), 'utf8')).files, 'package.json']) {
    cpSync(join(client, part), join(copy, part), { recursive: true });
  }
}

installPrograms(
  Object.entries(programs)
    .filter(([name]) => wanted.length === 0 || wanted.includes(name))
    .flatMap(([, needed]) =>
      needed.filter(([program]) => !isThere(program)).flatMap(([, packages]) => packages.split(' ')),
    ),
);

function isThere(program) {
  if (program.startsWith('/')) return existsSync(program);
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}

function installPrograms(packages) {
  if (packages.length === 0) return;
  const command = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...new Set(packages)];
  const isRoot = process.getuid?.() === 0;
  if (isRoot && isThere('apt-get')) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    if (spawnSync(command[0], command.slice(1), { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0) return;
  }
  console.error(`Examples need programs that this machine lacks. Install them: ${command.join(' ')}`);
  process.exit(1);
}

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
