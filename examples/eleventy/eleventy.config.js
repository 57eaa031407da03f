import { createOgPlus, toHtml } from '@ogplus/client';

const og = createOgPlus({ connectionUrl: process.env.OGPLUS_CONNECTION_URL });

export default function (config) {
  // In a layout: {% ogTags page.url, title, description %}
  config.addShortcode('ogTags', (path, title, description) =>
    toHtml(og.tags({ page: new URL(path, process.env.SITE_URL), title, description, siteName: 'Low Water' })),
  );
  config.addPassthroughCopy('site.css');
  config.addPassthroughCopy('_headers');
}
