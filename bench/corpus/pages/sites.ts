import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathOf } from '../../processes.ts';
import type { CorpusPage, Group } from '../page.ts';

const folder = pathOf('./corpus/out/sites');
/** Where the page lies that is drawn; the first page for all others. */
const paths: Readonly<Record<string, string>> = {
  rails: '/visiting',
  vitepress: '/guide',
  wordpress: '/ash-glaze/',
  'wordpress-blocks': '/ash-glaze/',
};

const page = (name: string, path: string): CorpusPage => ({
  name: `site-${name}${path.replaceAll('/', '-').replace(/-$/, '')}`,
  html: '',
  site: { folder: join(folder, name), path },
});

/** Websites that frameworks built (`npm run corpus:sites`); none where nothing was built. */
export const sites: Group = {
  name: 'sites',
  pages: (existsSync(folder) ? readdirSync(folder).toSorted() : []).flatMap((name) => [
    page(name, '/'),
    ...(paths[name] === undefined ? [] : [page(name, paths[name])]),
  ]),
};
