import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { page, pageEvents } from '../../api/page.ts';

/** Updates the screen of a page when something happens to the page: a request, a drawing, a purge. */
export function usePageEvents(websiteId: number, target: string): void {
  const client = useQueryClient();
  useEffect(() => {
    // Browsers connect again by themselves.
    const events = new EventSource(pageEvents(websiteId, target));
    events.addEventListener('changed', () => {
      void client.invalidateQueries({ queryKey: page(websiteId, target).queryKey });
    });
    return () => events.close();
  }, [client, websiteId, target]);
}
