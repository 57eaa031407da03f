import { createOgPlus } from '@ogplus/client';

export const og = createOgPlus({
  connectionUrl: process.env.OGPLUS_CONNECTION_URL,
  // For purges; pages do without them.
  service: process.env.OGPLUS_SERVICE,
  apiKey: process.env.OGPLUS_API_KEY,
});

/** A page's own address. */
export const pageUrl = (path) => new URL(path, process.env.SITE_URL);
