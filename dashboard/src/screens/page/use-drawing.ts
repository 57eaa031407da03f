import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { drawPage, page } from '../../api/page.ts';
import { text } from '../../text/text.ts';

export type Progress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'purging' | 'drawing'; readonly consumer: string }
  | { readonly kind: 'done'; readonly ms: number; readonly fetchMs: number | null; readonly renderMs: number | null }
  | { readonly kind: 'failed'; readonly title: string; readonly detail: string };

export interface Drawing {
  readonly progress: Progress;
  readonly isRunning: boolean;
  readonly draw: (consumer: string) => void;
}

/** Draws a card of the page now, one at a time; what is seen of it ends when the screen is left. */
export function useDrawing(websiteId: number, target: string): Drawing {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const draw = useCallback(
    (consumer: string) => {
      if (running.current) return;
      const mine = new AbortController();
      running.current = mine;
      void follow({ websiteId, target, consumer, signal: mine.signal }, (next) => {
        if (!mine.signal.aborted) setProgress(next);
      }).finally(async () => {
        if (running.current === mine) running.current = null;
        // Whatever came of it, the page is another one now.
        await client.invalidateQueries({ queryKey: page(websiteId, target).queryKey });
      });
    },
    [client, websiteId, target],
  );
  return { progress, isRunning: progress.kind === 'purging' || progress.kind === 'drawing', draw };
}

async function follow(drawing: Parameters<typeof drawPage>[0], tell: (progress: Progress) => void): Promise<void> {
  const { consumer } = drawing;
  const begun = performance.now();
  tell({ kind: 'purging', consumer });
  try {
    for await (const step of drawPage(drawing)) {
      if (step.step === 'failed') return tell({ kind: 'failed', title: step.title, detail: step.detail });
      if (step.step === 'done') return tell({ kind: 'done', ms: performance.now() - begun, ...step });
      tell({ kind: 'drawing', consumer });
    }
    tell({ kind: 'failed', title: text.errors.title, detail: text.page.progress.broken });
  } catch (error) {
    const detail = error instanceof Error ? error.message : text.page.progress.broken;
    tell({ kind: 'failed', title: text.errors.title, detail });
  }
}
