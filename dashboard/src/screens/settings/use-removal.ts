import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { forgetWebsite, removeWebsite } from '../../api/remove-website.ts';
import type { Website } from '../../api/types.ts';
import { say, sayError } from '../../parts/say.ts';
import { text } from '../../text/text.ts';

/** Removes a website, and goes to those that are left. */
export function useRemoval({ id, host }: Website) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => removeWebsite(id),
    onSuccess: async () => {
      // First away from it: what is on the screen would ask for it again.
      await navigate('/');
      forgetWebsite(client, id);
      say(text.settings.danger.removed(host));
    },
    onError: sayError,
  });
}
