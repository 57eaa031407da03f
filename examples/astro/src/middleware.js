import { defineMiddleware } from 'astro:middleware';

/** Pages that say nothing of their own are kept for ten minutes. */
export const onRequest = defineMiddleware(async (context, next) => {
  const response = await next();
  if (!context.isPrerendered && !response.headers.has('Cache-Control')) {
    response.headers.set('Cache-Control', 'public, max-age=600');
  }
  return response;
});
