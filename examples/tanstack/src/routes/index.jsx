import { toMetaDescriptors } from '@ogplus/client';
import { createFileRoute, Link } from '@tanstack/react-router';
import { ferries } from '../lib/ferries.js';
import { tagsOf } from '../lib/og.js';

const title = 'Ferries worth the night';

export const Route = createFileRoute('/')({
  // A tag in place of headers: it stands above them all.
  loader: () => tagsOf({ data: { path: '/', title, description: 'With beds.', cache: { maxAge: 86_400 } } }),
  head: ({ loaderData = [] }) => ({ meta: [{ title }, ...toMetaDescriptors(loaderData)] }),
  component: Home,
});

function Home() {
  return (
    <main>
      <h1>{title}</h1>
      <ul>
        {Object.entries(ferries).map(([slug, ferry]) => (
          <li key={slug}>
            <Link to="/ferries/$slug" params={{ slug }}>
              {ferry.title}
            </Link>
          </li>
        ))}
      </ul>
    </main>
  );
}
