'use client';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';

const Late = dynamic(() => import('./late'), { ssr: false, loading: () => <p>Loading…</p> });

export default function Counter() {
  const [n, setN] = useState(0);
  useEffect(() => {
    if (n === 10) return undefined;
    const timer = setTimeout(() => setN(n + 1), 60);
    return () => clearTimeout(timer);
  }, [n]);
  return (
    <>
      <p>Counted to {n} after hydration.</p>
      <Late />
    </>
  );
}
