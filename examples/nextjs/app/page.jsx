import { toNextMetadata } from '@ogplus/client';
import Link from 'next/link';
import { journeys } from '../lib/journeys.js';
import { og, pageUrl } from '../lib/og.js';

const title = 'Journeys that take their time';

export const metadata = {
  title,
  ...toNextMetadata(
    og.tags({
      page: pageUrl('/'),
      title,
      description: 'Train rides for people who like windows.',
      siteName: 'Slow Rail',
      // A static page says that it may be kept for a year. A tag stands above every header.
      cache: { maxAge: 86_400 },
    }),
  ),
};

export default function Page() {
  return (
    <main>
      <h1>{title}</h1>
      <ul>
        {[...journeys].map(([slug, journey]) => (
          <li key={slug}>
            <Link href={`/journeys/${slug}`}>{journey.title}</Link>
          </li>
        ))}
      </ul>
    </main>
  );
}
