import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { page } from '../../api/page.ts';
import { purge } from '../../api/purges.ts';
import type { PageDetail } from '../../api/types.ts';
import { text } from '../../text/text.ts';

const words = text.page;

/** Purges the page: its pictures are gone from the screen at once, and back if the service refuses. */
export function usePurge(websiteId: number, target: string) {
  const client = useQueryClient();
  const { queryKey } = page(websiteId, target);
  return useMutation({
    mutationFn: () => purge(websiteId, { kind: 'pages', targets: [target] }),
    onMutate: async () => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      if (before) client.setQueryData(queryKey, purged(before));
      return { before };
    },
    onSuccess: () => {
      notifications.show({ title: words.purged, message: words.purgedWhy(target), color: 'teal' });
    },
    onError: (error, _, context) => {
      client.setQueryData(queryKey, context?.before);
      notifications.show({ title: words.notPurged, message: error.message, color: 'red' });
    },
    // The lists of the website count it as purged too.
    onSettled: () => client.invalidateQueries({ queryKey: ['websites', websiteId] }),
  });
}

function purged(before: PageDetail): PageDetail {
  const decision = { kind: 'purged', consumer: null, status: null, explanation: null, failure: null } as const;
  return {
    ...before,
    cards: [],
    decisions: [{ ...decision, remarks: [], at: new Date().toISOString() }, ...before.decisions],
  };
}
