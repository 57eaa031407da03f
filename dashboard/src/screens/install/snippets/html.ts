import type { Framework } from './snippet.ts';

const tags = (connectionUrl: string, origin: string) => `<meta property="og:title" content="Hello, world">
<meta property="og:description" content="What the page is about, in a sentence.">
<meta property="og:type" content="article">
<meta property="og:url" content="${origin}/blog/hello">
<meta property="og:image" content="${connectionUrl}/blog/hello">
<meta property="og:image:width" content="2400">
<meta property="og:image:height" content="1260">
<meta name="twitter:card" content="summary_large_image">
`;

const nginx = () => `location / {
    add_header Cache-Control "public, max-age=3600";
}
`;

const inThePage = () => `<meta property="og:plus:cache:max_age" content="3600">
`;

export const html: Framework = {
  id: 'html',
  name: 'HTML',
  tags: [{ id: 'htmlTags', file: 'blog/hello.html', code: tags }],
  freshness: [
    { id: 'htmlNginx', file: 'nginx.conf', code: nginx },
    { id: 'htmlMaxAge', file: 'blog/hello.html', code: inThePage },
  ],
};
