import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { purge } from '../../api/purges.ts';
import { text } from '../../text/text.ts';

const words = text.page;

/** Purges the page; the screen then shows what the service says of it. */
export function usePurge(websiteId: number, target: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => purge(websiteId, { kind: 'pages', targets: [target] }),
    onSuccess: () => {
      notifications.show({ title: words.purged, message: words.purgedWhy(target), color: 'teal' });
    },
    onError: (error) => {
      notifications.show({ title: words.notPurged, message: error.message, color: 'red' });
    },
    // The lists of the website count it as purged too.
    onSettled: () => client.invalidateQueries({ queryKey: ['websites', websiteId] }),
  });
}
