import { toNextMetadata } from '@ogplus/client';
import { OgTemplate } from '@ogplus/client/react';
import { notFound } from 'next/navigation';
import { journeys } from '../../../lib/journeys.js';
import { og, pageUrl } from '../../../lib/og.js';

// The page is kept for an hour by Next.js, and its card by OpenGraph+.
export const revalidate = 3600;

export function generateStaticParams() {
  return [...journeys.keys()].map((slug) => ({ slug }));
}

export async function generateMetadata({ params }) {
  const { slug } = await params;
  const journey = journeys.get(slug) ?? notFound();
  const tags = og.tags({
    page: pageUrl(`/journeys/${slug}`),
    title: journey.title,
    description: journey.text,
    type: 'article',
    siteName: 'Slow Rail',
  });
  return { title: journey.title, description: journey.text, ...toNextMetadata(tags) };
}

export default async function Page({ params }) {
  const { slug } = await params;
  const { title, from, to, hours, text } = journeys.get(slug) ?? notFound();
  return (
    <main>
      <p className="route">
        {from} → {to}
      </p>
      <h1>{title}</h1>
      <p>{text}</p>
      <OgTemplate>
        <div className="ticket">
          <p className="route">
            {from} → {to}
          </p>
          <h1>{title}</h1>
          <p className="line">{hours} hours, no hurry</p>
        </div>
      </OgTemplate>
    </main>
  );
}
