import { toMetaDescriptors } from '@ogplus/client';
import { data } from 'react-router';
import { og, pageUrl } from '../lib/og.server.js';

// Headers that a loader decides on. `headers` passes them on; without it they are lost.
export const loader = () =>
  data(
    { tags: og.tags({ page: pageUrl('/tonight'), title: 'Tonight', description: 'Stars allowing.' }) },
    { headers: { 'CDN-Cache-Control': 'max-age=600' } },
  );

export const headers = ({ loaderHeaders }) => loaderHeaders;

export const meta = ({ loaderData }) => [{ title: 'Tonight' }, ...toMetaDescriptors(loaderData.tags)];

export default function Tonight() {
  return (
    <main>
      <h1>A walk under stars</h1>
      <p>Bring a lamp, and leave it off.</p>
    </main>
  );
}
