import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { acceptInvitation } from '../../api/invitations.ts';
import { session } from '../../api/session.ts';
import { websites } from '../../api/websites.ts';
import { ErrorNote } from '../../parts/error-note.tsx';

export interface JoinProps {
  readonly token: string;
  readonly says: string;
  readonly action: string;
}

/** Uses a link with the account that is signed in. */
export function Join({ token, says, action }: JoinProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const joining = useMutation({
    mutationFn: () => acceptInvitation(token),
    onSuccess: async ({ websiteId }) => {
      await client.invalidateQueries({ queryKey: websites.queryKey });
      await client.invalidateQueries({ queryKey: session.queryKey });
      navigate(websiteId === null ? '/' : `/websites/${websiteId}`);
    },
  });
  return (
    <Stack>
      <Text size="sm">{says}</Text>
      {joining.isError && <ErrorNote error={joining.error} />}
      <Button onClick={() => joining.mutate()} loading={joining.isPending}>
        {action}
      </Button>
    </Stack>
  );
}
