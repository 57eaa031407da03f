import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pkg from '../server/package.json' with { type: 'json' };
import { buildOnce, sourcesOf } from './build-once.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, 'docs', 'site', 'dist');
/** What the builder takes from elsewhere: the kinds of problems, the version and the icon. */
const others = ['server/src/http/problem.ts', 'server/package.json', 'dashboard/public/icon.svg'];

/** Builds the documentation into `docs/site/dist`, unless it is there. */
export function buildDocsSite() {
  return buildOnce({ root, built, inputs: (read) => [...sourcesOf(root, 'docs/site'), ...others, ...read], build });
}

async function build() {
  const { buildDocs } = await import('../docs/site/build.ts'); // its packages take longer to load than all else here
  return buildDocs({ out: built, base: '/docs/', version: pkg.version });
}
