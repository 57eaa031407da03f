import { useEffect, useState } from 'react';

export async function clientLoader() {
  await new Promise((resolve) => setTimeout(resolve, 400));
  return { title: 'Loaded in the client' };
}

export function HydrateFallback() {
  return <h1>Loading…</h1>;
}

export default function Home({ loaderData }) {
  const [wide, setWide] = useState(false);
  useEffect(() => requestAnimationFrame(() => setWide(true)) && undefined, []);
  return (
    <main style={{ padding: '40px 60px' }}>
      <h1>{loaderData.title}</h1>
      <div style={{ height: 240, background: '#2a9d8f', width: wide ? '100%' : '5%', transition: 'width .8s' }} />
    </main>
  );
}
