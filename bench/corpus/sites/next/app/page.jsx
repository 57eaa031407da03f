import { Suspense } from 'react';
import Counter from './counter';

export default function Page() {
  return (
    <>
      <header>Next.js</header>
      <main>
        <h1>A static export with parts that hydrate</h1>
        <Suspense fallback={<p>Loading…</p>}>
          <Counter />
        </Suspense>
      </main>
    </>
  );
}
