import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { members, withdrawInvitation } from '../../api/members.ts';
import type { Members, OpenInvitation } from '../../api/types.ts';
import { Line, Lines } from '../../parts/lines.tsx';
import { say, sayError } from '../../parts/say.ts';
import { Section } from '../../parts/section.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import { InviteForm } from './invite-form.tsx';

const words = text.members;

export interface InvitationsProps {
  readonly websiteId: number;
  readonly invitations: readonly OpenInvitation[];
}

/** Links that are out, and one more. */
export function Invitations({ websiteId, invitations }: InvitationsProps) {
  const client = useQueryClient();
  const { queryKey } = members(websiteId);
  const withdrawing = useMutation({
    mutationFn: (id: number) => withdrawInvitation(websiteId, id),
    onSuccess: (_, id) => {
      say(words.withdrawn);
      client.setQueryData(
        queryKey,
        (known: Members | undefined) =>
          known && { ...known, invitations: known.invitations.filter((one) => one.id !== id) },
      );
    },
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return (
    <Section title={words.invitations} lead={words.invitationsWhy}>
      <InviteForm websiteId={websiteId} />
      {invitations.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      ) : (
        <Lines label={words.invitations}>
          {invitations.map(({ id, role, createdBy, expiresAt }) => (
            <Line
              key={id}
              actions={
                <Button
                  variant="subtle"
                  color="red"
                  size="xs"
                  aria-label={words.withdrawThis(role)}
                  loading={withdrawing.isPending && withdrawing.variables === id}
                  onClick={() => withdrawing.mutate(id)}
                >
                  {words.withdraw}
                </Button>
              }
            >
              <Text fw={600}>{text.roles[role]}</Text>
              <Text size="sm" c="dimmed">
                {words.by(createdBy)}, {words.ends} <When at={expiresAt} />
              </Text>
            </Line>
          ))}
        </Lines>
      )}
    </Section>
  );
}
