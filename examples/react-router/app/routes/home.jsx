import { toMetaDescriptors } from '@ogplus/client';
import { Link } from 'react-router';
import { og, pageUrl } from '../lib/og.server.js';
import { walks } from '../lib/walks.js';

const title = 'Walks that end where tea is';

export const loader = () => ({
  // A tag in place of headers: it stands above them all.
  tags: og.tags({ page: pageUrl('/'), title, description: 'Written down on the way.', cache: { maxAge: 86_400 } }),
});

export const meta = ({ loaderData }) => [{ title }, ...toMetaDescriptors(loaderData.tags)];

export default function Home() {
  return (
    <main>
      <h1>{title}</h1>
      <ul>
        {[...walks].map(([slug, walk]) => (
          <li key={slug}>
            <Link to={`/walks/${slug}`}>{walk.title}</Link>
          </li>
        ))}
      </ul>
    </main>
  );
}
