import { useEffect, useState } from 'react';

/** Milliseconds since the epoch, updated while it is shown. @param everyMs how exact. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
