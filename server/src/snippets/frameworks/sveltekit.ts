import { clientOptions, indented } from '../client-options.ts';
import { jsString } from '../literals.ts';
import { fileName } from '../page-path.ts';
import type { Framework, PageWords, Site } from '../snippet.ts';
import { withTag } from '../with-tag.ts';

const install = () => `npm install @ogplus/client
`;

const lib = ({ connectionUrl, origin }: Site) => `import { createOgPlus } from '@ogplus/client';

export const og = createOgPlus({ connectionUrl: ${jsString(connectionUrl)} });

/** A page's own address. */
export const pageUrl = (path) => new URL(path, ${jsString(origin)});
`;

const everyPost = () => `import { og, pageUrl } from '$lib/server/og.js';

export async function load({ params }) {
  const post = await getPost(params.slug);
  const tags = og.tags({
    page: pageUrl(\`/blog/\${params.slug}\`),
    title: post.title,
    description: post.summary,
    type: 'article',
  });
  return { post, tags };
}
`;

const component = () => `<script>
  import { OgTags } from '@ogplus/client/svelte';

  let { data } = $props();
</script>

<OgTags tags={data.tags} />
`;

const onePage = (words: PageWords) => `import { og, pageUrl } from '$lib/server/og.js';

export const load = () => ({
  tags: og.tags({
${indented(
  clientOptions(words, (path) => `pageUrl(${path})`),
  '    ',
)}  }),
});
`;

const setHeaders = () => `export async function load({ setHeaders }) {
  setHeaders({ 'Cache-Control': 'public, max-age=3600' });
}
`;

const hook = () => `export async function handle({ event, resolve }) {
  const response = await resolve(event);
  if (event.route.id?.startsWith('/blog')) response.headers.set('CDN-Cache-Control', 'max-age=3600');
  return response;
}
`;

const folderOf = ({ target }: PageWords) => `src/routes/${`${fileName(target, '')}/`.replace(/^\//, '')}`;
const pageOf = (words: PageWords) => ({ file: `${folderOf(words)}+page.server.js`, code: onePage(words) });

export const sveltekit: Framework = {
  id: 'sveltekit',
  tags: [
    { id: 'svelteInstall', file: 'Terminal', code: install },
    { id: 'svelteLib', file: 'src/lib/server/og.js', code: lib },
    { id: 'svelteLoad', file: 'src/routes/blog/[slug]/+page.server.js', code: everyPost },
    { id: 'sveltePage', file: 'src/routes/blog/[slug]/+page.svelte', code: component },
  ],
  freshness: [
    { id: 'svelteHeaders', file: 'src/routes/blog/[slug]/+page.server.js', code: setHeaders },
    { id: 'svelteHook', file: 'src/hooks.server.js', code: hook },
  ],
  page: (words) => [pageOf(words), { file: `${folderOf(words)}+page.svelte`, code: component() }],
  line: (tag, words) => pageOf(withTag(words, tag)),
};
