import { htmlTags, metaTag } from '../html-tags.ts';
import { fileName } from '../page-path.ts';
import type { Framework, Site } from '../snippet.ts';
import { templateLine } from '../template-line.ts';

const example = (site: Site) =>
  htmlTags({
    ...site,
    target: '/blog/hello',
    title: 'Hello, world',
    description: 'What the page is about, in a sentence.',
    type: 'article',
  });

const nginx = () => `location / {
    add_header Cache-Control "public, max-age=3600";
}
`;

const inThePage = () => `${metaTag('og:plus:cache:max_age', '3600')}\n`;

const fileOf = (target: string) => `${fileName(target)}.html`;

export const html: Framework = {
  id: 'html',
  tags: [{ id: 'htmlTags', file: 'blog/hello.html', code: example }],
  freshness: [
    { id: 'htmlNginx', file: 'nginx.conf', code: nginx },
    { id: 'htmlMaxAge', file: 'blog/hello.html', code: inThePage },
  ],
  page: (words) => [{ file: fileOf(words.target), code: htmlTags(words) }],
  line: (tag, words) => ({
    file: fileOf(words.target),
    code: templateLine(htmlTags(words), tag, metaTag('og:plus:cache:etag', '1')),
  }),
};
