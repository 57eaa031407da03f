import { toNextMetadata } from '@ogplus/client';
import { connection } from 'next/server';
import { Suspense } from 'react';
import { og, pageUrl } from '../../lib/og.js';

const title = 'Leaving next';

/** What the station says at this moment. */
async function departures() {
  await connection();
  await new Promise((resolve) => setTimeout(resolve, 100));
  return ['21:04 · Vienna → Split · platform 4', '22:40 · Zürich → Prague · platform 11', '23:15 · Paris → Nice · platform 2'];
}

/** Waits for the station, so that browsers get these tags after the head; crawlers get them in it. */
export async function generateMetadata() {
  const [next] = await departures();
  const tags = og.tags({ page: pageUrl('/departures'), title, description: next });
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
  return (
    <ul>
      {(await departures()).map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}
