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

const everyPost = () => `import { toNextMetadata } from '@ogplus/client';
import { og, pageUrl } from '@/lib/og';

export async function generateMetadata({ params }) {
  const { slug } = await params;
  const post = await getPost(slug);
  const tags = og.tags({
    page: pageUrl(\`/blog/\${slug}\`),
    title: post.title,
    description: post.summary,
    type: 'article',
  });
  return { title: post.title, description: post.summary, ...toNextMetadata(tags) };
}
`;

const onePage = (words: PageWords) => {
  const { title, description } = words;
  const own = [`title: ${jsString(title)}`, ...(description === null ? [] : [`description: ${jsString(description)}`])];
  return `import { toNextMetadata } from '@ogplus/client';
import { og, pageUrl } from '@/lib/og';

export function generateMetadata() {
  const tags = og.tags({
${indented(
  clientOptions(words, (path) => `pageUrl(${path})`),
  '    ',
)}  });
  return { ${own.join(', ')}, ...toNextMetadata(tags) };
}
`;
};

const revalidate = () => `// Sends Cache-Control: s-maxage=3600, stale-while-revalidate=…
export const revalidate = 3600;
`;

const headers = () => `export default {
  async headers() {
    return [
      { source: '/blog/:path*', headers: [{ key: 'CDN-Cache-Control', value: 'max-age=3600' }] },
    ];
  },
};
`;

const pageOf = (words: PageWords) => ({
  file: `app/${`${fileName(words.target, '')}/page.jsx`.replace(/^\//, '')}`,
  code: onePage(words),
});

export const nextjs: Framework = {
  id: 'nextjs',
  tags: [
    { id: 'nextInstall', file: 'Terminal', code: install },
    { id: 'nextLib', file: 'lib/og.js', code: lib },
    { id: 'nextPage', file: 'app/blog/[slug]/page.jsx', code: everyPost },
  ],
  freshness: [
    { id: 'nextRevalidate', file: 'app/blog/[slug]/page.jsx', code: revalidate },
    { id: 'nextDynamic', file: 'next.config.mjs', code: headers },
  ],
  page: (words) => [pageOf(words)],
  line: (tag, words) => pageOf(withTag(words, tag)),
};
