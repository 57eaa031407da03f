import { toMetaDescriptors } from '@ogplus/client';
import { OgTemplate } from '@ogplus/client/react';
import { data } from 'react-router';
import { og, pageUrl } from '../lib/og.server.js';
import { walks } from '../lib/walks.js';

export function loader({ params }) {
  const walk = walks.get(params.slug);
  if (walk === undefined) throw data('No such walk', { status: 404 });
  const page = pageUrl(`/walks/${params.slug}`);
  return { walk, tags: og.tags({ page, title: walk.title, description: walk.text, type: 'article' }) };
}

export const meta = ({ loaderData }) => [{ title: loaderData.walk.title }, ...toMetaDescriptors(loaderData.tags)];

// Kept for an hour; for a day more, the old card is sent while the new one is drawn.
export const headers = () => ({ 'Cache-Control': 'public, max-age=3600, stale-while-revalidate=86400' });

export default function Walk({ loaderData: { walk } }) {
  return (
    <main>
      <h1>{walk.title}</h1>
      <p>{walk.text}</p>
      <OgTemplate>
        <div className="walk">
          <h1>{walk.title}</h1>
          <p>{walk.hours} hours on foot</p>
        </div>
      </OgTemplate>
    </main>
  );
}
