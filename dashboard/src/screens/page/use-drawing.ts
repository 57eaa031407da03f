import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { drawPage, page } from '../../api/page.ts';
import { text } from '../../text/text.ts';

/** A consumer, or every one. */
export type Wanted = { readonly consumer: string } | 'all';

export type Progress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'drawing'; readonly consumer: string; readonly nth: number; readonly count: number }
  | {
      readonly kind: 'done';
      readonly ms: number;
      readonly count: number;
      /** Of a single card. */
      readonly fetchMs: number | null;
      readonly renderMs: number | null;
    }
  | { readonly kind: 'failed'; readonly title: string; readonly detail: string };

export interface Drawing {
  readonly progress: Progress;
  readonly isRunning: boolean;
  readonly draw: (wanted: Wanted) => void;
}

/** Draws cards of the page now, one order at a time; what is seen of it ends when the screen is left. */
export function useDrawing(websiteId: number, target: string): Drawing {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const draw = useCallback(
    (wanted: Wanted) => {
      if (running.current) return;
      const mine = new AbortController();
      running.current = mine;
      void follow({ websiteId, target, wanted, signal: mine.signal }, (next) => {
        if (!mine.signal.aborted) setProgress(next);
      }).finally(async () => {
        if (running.current === mine) running.current = null;
        // The page has changed, even if the drawing failed.
        await client.invalidateQueries({ queryKey: page(websiteId, target).queryKey });
      });
    },
    [client, websiteId, target],
  );
  return { progress, isRunning: progress.kind === 'drawing', draw };
}

async function follow(drawing: Parameters<typeof drawPage>[0], tell: (progress: Progress) => void): Promise<void> {
  const { wanted } = drawing;
  const begun = performance.now();
  const words = text.page.progress;
  tell({ kind: 'drawing', consumer: wanted === 'all' ? 'generic' : wanted.consumer, nth: 1, count: 1 });
  try {
    let [done, count] = [0, 0];
    const failures: Array<{ title: string; detail: string }> = [];
    const times = { fetchMs: null as number | null, renderMs: null as number | null };
    for await (const step of drawPage(drawing)) {
      if (step.step === 'drawing') {
        count = step.count;
        tell({ kind: 'drawing', consumer: step.consumer, nth: step.nth, count });
      } else if (step.step === 'done') {
        done++;
        Object.assign(times, { fetchMs: step.fetchMs, renderMs: step.renderMs });
      } else failures.push(step);
    }
    const [first] = failures;
    if (first !== undefined) {
      const detail = done === 0 ? first.detail : words.someFailed(failures.length, count, first.detail);
      tell({ kind: 'failed', title: first.title, detail });
    } else if (done === 0) tell({ kind: 'failed', title: text.errors.title, detail: words.broken });
    else tell({ kind: 'done', ms: performance.now() - begun, count: done, ...times });
  } catch (error) {
    tell({ kind: 'failed', title: text.errors.title, detail: error instanceof Error ? error.message : words.broken });
  }
}
