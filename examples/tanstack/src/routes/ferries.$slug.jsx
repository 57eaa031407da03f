import { toMetaDescriptors } from '@ogplus/client';
import { OgTemplate } from '@ogplus/client/react';
import { createFileRoute, notFound } from '@tanstack/react-router';
import { ferries } from '../lib/ferries.js';
import { tagsOf } from '../lib/og.js';

export const Route = createFileRoute('/ferries/$slug')({
  loader: async ({ params: { slug } }) => {
    const ferry = ferries[slug];
    if (ferry === undefined) throw notFound();
    const { title, text: description } = ferry;
    return { ferry, tags: await tagsOf({ data: { path: `/ferries/${slug}`, title, description, type: 'article' } }) };
  },
  head: ({ loaderData }) => ({
    meta: loaderData && [{ title: loaderData.ferry.title }, ...toMetaDescriptors(loaderData.tags)],
  }),
  // Kept for an hour; for a day more, the old card is sent while the new one is drawn.
  headers: () => ({ 'Cache-Control': 'public, max-age=3600, stale-while-revalidate=86400' }),
  component: Ferry,
});

function Ferry() {
  const { ferry } = Route.useLoaderData();
  return (
    <main>
      <h1>{ferry.title}</h1>
      <p>{ferry.text}</p>
      <OgTemplate>
        <div className="ferry">
          <h1>{ferry.title}</h1>
          <p>{ferry.nights} nights on board</p>
        </div>
      </OgTemplate>
    </main>
  );
}
