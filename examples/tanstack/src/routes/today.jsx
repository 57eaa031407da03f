import { toMetaDescriptors } from '@ogplus/client';
import { createFileRoute } from '@tanstack/react-router';
import { tagsOf } from '../lib/og.js';

export const Route = createFileRoute('/today')({
  loader: () => tagsOf({ data: { path: '/today', title: 'Today', description: 'From pier two.' } }),
  head: ({ loaderData = [] }) => ({ meta: [{ title: 'Today' }, ...toMetaDescriptors(loaderData)] }),
  headers: () => ({ 'CDN-Cache-Control': 'max-age=600' }),
  component: () => (
    <main>
      <h1>Two boats today</h1>
      <p>Both of them late.</p>
    </main>
  ),
});
