import { useSyncExternalStore } from 'react';
import { text } from '../text/text.ts';
import { agoText } from './ago-text.ts';

/** One clock for all of them: it ticks each minute while somebody looks. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const one of listeners) one();
  }, 60_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A moment as people say it: "3 minutes ago", "in 2 hours"; in full when pointed at. */
export function Ago({ at }: { readonly at: string }) {
  // Drawn again each minute; what it says is as of when it is drawn.
  useSyncExternalStore(subscribe, () => now);
  const date = new Date(at);
  return (
    <time dateTime={at} title={text.parts.inFull(date)}>
      {agoText(date.getTime(), Date.now())}
    </time>
  );
}
