/** Pages that say nothing of their own: OpenGraph+ and CDNs may keep them for ten minutes, browsers may not. */
export async function handle({ event, resolve }) {
  const response = await resolve(event);
  if (event.route.id === '/sky') response.headers.set('CDN-Cache-Control', 'max-age=600');
  return response;
}
