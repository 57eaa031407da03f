import { revalidatePath } from 'next/cache';
import { journeys } from '../../../lib/journeys.js';
import { og } from '../../../lib/og.js';

/** What an editor's form or a CMS calls after a change. Guard yours: this one stands open. */
export async function POST(request) {
  const { slug, title } = await request.json();
  journeys.set(slug, { ...journeys.get(slug), title });
  revalidatePath(`/journeys/${slug}`);
  await og.purge(`/journeys/${slug}`);
  return Response.json({ purged: `/journeys/${slug}` });
}
