import type { Framework } from './snippet.ts';

const card = (connectionUrl: string, origin: string) => `import type { Metadata } from 'next';

const connectionUrl = '${connectionUrl}';
const origin = '${origin}';

interface Page {
  /** Path and query of the page, from the slash on. */
  path: string;
  title: string;
  description?: string;
}

/** What a page says to networks. */
export function cardOf({ path, title, description }: Page): Metadata {
  // Encodes what an address may not hold; what is encoded stays as it is.
  const { pathname, search } = new URL(origin + path);
  return {
    title,
    description,
    openGraph: {
      type: 'article',
      title,
      description,
      url: origin + pathname + search,
      images: [{ url: connectionUrl + pathname + search, width: 2400, height: 1260 }],
    },
    twitter: { card: 'summary_large_image' },
  };
}
`;

const page = () => `import type { Metadata } from 'next';
import { cardOf } from '@/lib/card';

interface Props {
  params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const post = await getPost(slug);
  return cardOf({ path: \`/blog/\${slug}\`, title: post.title, description: post.summary });
}
`;

const revalidate = () => `// Sends Cache-Control: s-maxage=3600, stale-while-revalidate=…
export const revalidate = 3600;
`;

const dynamic = () => `import type { NextConfig } from 'next';

const config: NextConfig = {
  async headers() {
    return [
      {
        source: '/blog/:path*',
        headers: [{ key: 'CDN-Cache-Control', value: 'max-age=3600' }],
      },
    ];
  },
};

export default config;
`;

export const nextjs: Framework = {
  id: 'nextjs',
  name: 'Next.js',
  tags: [
    { id: 'nextCard', file: 'lib/card.ts', code: card },
    { id: 'nextPage', file: 'app/blog/[slug]/page.tsx', code: page },
  ],
  freshness: [
    { id: 'nextRevalidate', file: 'app/blog/[slug]/page.tsx', code: revalidate },
    { id: 'nextDynamic', file: 'next.config.ts', code: dynamic },
  ],
};
