import { og } from '../lib/og.server.js';
import { walks } from '../lib/walks.js';

/** What an editor's form calls. Guard yours: this one stands open. */
export async function action({ request }) {
  const { slug, title } = await request.json();
  walks.get(slug).title = title;
  await og.purge(`/walks/${slug}`);
  return new Response(null, { status: 204 });
}
