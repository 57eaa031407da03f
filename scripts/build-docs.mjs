import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDocs } from '../docs/site/build.ts';
import pkg from '../server/package.json' with { type: 'json' };

const out = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs', 'site', 'dist');

/** Builds the documentation into `docs/site/dist`. It takes less time than finding out whether it must be built. */
export async function buildDocsSite() {
  await buildDocs({ out, base: '/docs/', version: pkg.version });
}
