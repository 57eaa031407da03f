import { clientOptions } from '../client-options.ts';
import { jsString } from '../literals.ts';
import { fileName } from '../page-path.ts';
import type { Framework, PageWords, Site } from '../snippet.ts';
import { withTag } from '../with-tag.ts';

const install = () => `npm install @ogplus/client
`;

const config = ({ origin }: Site) => `import { defineConfig } from 'astro/config';

export default defineConfig({
  site: ${jsString(origin)},
});
`;

const lib = ({ connectionUrl }: Site) => `import { createOgPlus } from '@ogplus/client';

export const og = createOgPlus({ connectionUrl: ${jsString(connectionUrl)} });
`;

const layout = () => `---
import { OgTags } from '@ogplus/client/astro';
import { og } from '../lib/og.js';

const page = new URL(Astro.url.pathname + Astro.url.search, Astro.site);
const tags = og.tags({ page, ...Astro.props });
const { title } = Astro.props;
---
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>{title}</title>
    <OgTags tags={tags} />
  </head>
  <body>
    <slot />
  </body>
</html>
`;

const onePage = (words: PageWords) => {
  const up = '../'.repeat(fileName(words.target).split('/').length);
  const props = clientOptions(words, null).map((line) => line.replace(/^(\w+): (.*),$/, '$1={$2}'));
  return `---
import Page from '${up}layouts/Page.astro';
---
<Page ${props.join(' ')}>
  …
</Page>
`;
};

const onDemand = () => `---
export const prerender = false;

Astro.response.headers.set('Cache-Control', 'public, max-age=3600, stale-while-revalidate=86400');
---
`;

const headers = () => `/blog/*
  Cache-Control: public, max-age=3600
`;

const pageOf = (words: PageWords) => ({
  file: `src/pages/${fileName(words.target)}.astro`,
  code: onePage(words),
});

export const astro: Framework = {
  id: 'astro',
  tags: [
    { id: 'astroInstall', file: 'Terminal', code: install },
    { id: 'astroConfig', file: 'astro.config.mjs', code: config },
    { id: 'astroLib', file: 'src/lib/og.js', code: lib },
    { id: 'astroLayout', file: 'src/layouts/Page.astro', code: layout },
  ],
  freshness: [
    { id: 'astroOnDemand', file: 'src/pages/blog/[slug].astro', code: onDemand },
    { id: 'astroHeaders', file: 'public/_headers', code: headers },
  ],
  page: (words) => [pageOf(words)],
  line: (tag, words) => pageOf(withTag(words, tag)),
};
