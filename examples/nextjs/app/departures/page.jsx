import { toNextMetadata } from '@ogplus/client';
import { connection } from 'next/server';
import { Suspense } from 'react';
import { og, pageUrl } from '../../lib/og.js';

const title = 'Leaving next';

export function generateMetadata() {
  const tags = og.tags({ page: pageUrl('/departures'), title, description: 'The departure board.' });
  return { title, ...toNextMetadata(tags) };
}

export default function Page() {
  return (
    <main>
      <h1>{title}</h1>
      <Suspense fallback={<p>Asking the station…</p>}>
        <Board />
      </Suspense>
    </main>
  );
}

/** Streamed: the page is sent before it is known. */
async function Board() {
  await connection();
  await new Promise((resolve) => setTimeout(resolve, 100));
  return (
    <ul>
      <li>21:04 · Vienna → Split · platform 4</li>
      <li>22:40 · Zürich → Prague · platform 11</li>
      <li>23:15 · Paris → Nice · platform 2</li>
    </ul>
  );
}
