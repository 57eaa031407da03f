import type { Framework } from './snippet.ts';

const component = (connectionUrl: string) => `---
interface Props {
  title: string;
  description?: string;
}

const { title, description } = Astro.props;
const connectionUrl = '${connectionUrl}';
const target = Astro.url.pathname + Astro.url.search;
---
<meta property="og:title" content={title} />
{description && <meta property="og:description" content={description} />}
<meta property="og:type" content="article" />
<meta property="og:url" content={new URL(Astro.url.pathname, Astro.site ?? Astro.url).href} />
<meta property="og:image" content={connectionUrl + target} />
<meta property="og:image:width" content="2400" />
<meta property="og:image:height" content="1260" />
<meta name="twitter:card" content="summary_large_image" />
`;

const layout = () => `---
import Card from '../components/Card.astro';

const { title, description } = Astro.props;
---
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>{title}</title>
    <Card title={title} description={description} />
  </head>
  <body>
    <slot />
  </body>
</html>
`;

const onDemand = () => `---
export const prerender = false;

Astro.response.headers.set('Cache-Control', 'public, max-age=3600, stale-while-revalidate=86400');
---
`;

const headers = () => `/blog/*
  Cache-Control: public, max-age=3600
`;

export const astro: Framework = {
  id: 'astro',
  name: 'Astro',
  tags: [
    { id: 'astroComponent', file: 'src/components/Card.astro', code: component },
    { id: 'astroLayout', file: 'src/layouts/Layout.astro', code: layout },
  ],
  freshness: [
    { id: 'astroOnDemand', file: 'src/pages/blog/[slug].astro', code: onDemand },
    { id: 'astroHeaders', file: 'public/_headers', code: headers },
  ],
};
