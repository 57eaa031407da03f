import { clientOptions, indented } from '../client-options.ts';
import { jsString } from '../literals.ts';
import { fileName } from '../page-path.ts';
import type { Framework, PageWords, Site } from '../snippet.ts';
import { withTag } from '../with-tag.ts';

const install = () => `npm install @ogplus/client
`;

const composable = ({ connectionUrl, origin }: Site) => `import { createOgPlus, toUnhead } from '@ogplus/client';

const og = createOgPlus({ connectionUrl: ${jsString(connectionUrl)} });

/** The tags of the current page and its card. */
export function useCard(options) {
  const page = new URL(useRoute().fullPath, ${jsString(origin)});
  useHead({ title: options.title, ...toUnhead(og.tags({ page, ...options })) });
}
`;

const everyPost = () => `<script setup>
const { data: post } = await useFetch(\`/api/posts/\${useRoute().params.slug}\`);
useCard({ title: post.value.title, description: post.value.summary, type: 'article' });
</script>
`;

const onePage = (words: PageWords) => `<script setup>
useCard({
${indented(clientOptions(words, null), '  ')}});
</script>
`;

const rules = () => `export default defineNuxtConfig({
  routeRules: {
    // Nitro keeps the page for an hour and says so: s-maxage=3600, stale-while-revalidate.
    '/': { swr: 3600 },
    '/blog/**': { headers: { 'cache-control': 'public, max-age=3600' } },
  },
});
`;

const pageOf = (words: PageWords) => ({ file: `app/pages/${fileName(words.target)}.vue`, code: onePage(words) });

export const nuxt: Framework = {
  id: 'nuxt',
  tags: [
    { id: 'nuxtInstall', file: 'Terminal', code: install },
    { id: 'nuxtComposable', file: 'app/composables/useCard.js', code: composable },
    { id: 'nuxtPage', file: 'app/pages/blog/[slug].vue', code: everyPost },
  ],
  freshness: [{ id: 'nuxtRules', file: 'nuxt.config.js', code: rules }],
  page: (words) => [pageOf(words)],
  line: (tag, words) => pageOf(withTag(words, tag)),
};
