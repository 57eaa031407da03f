import { createOgPlus } from '@ogplus/client';
import { createServerFn } from '@tanstack/react-start';

/** The tags of a page. Loaders run in browsers too; this runs on the server, which knows the addresses. */
export const tagsOf = createServerFn()
  .validator((input) => input)
  .handler(({ data: { path, ...options } }) => {
    const og = createOgPlus({ connectionUrl: process.env.OGPLUS_CONNECTION_URL });
    return og.tags({ page: new URL(path, process.env.SITE_URL), siteName: 'Slow boats', ...options });
  });
