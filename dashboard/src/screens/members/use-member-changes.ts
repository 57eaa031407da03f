import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { changeRole, members, removeMember } from '../../api/members.ts';
import { forgetWebsite } from '../../api/remove-website.ts';
import type { Member, Members, Role, Website } from '../../api/types.ts';
import { say, sayError } from '../../parts/say.ts';
import { text } from '../../text/text.ts';

const words = text.members;

/** Changes of who may do what: shown at once, and taken back where the service refuses. */
export function useMemberChanges({ id }: Website) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { queryKey } = members(id);
  const show = async (change: (list: readonly Member[]) => Member[]) => {
    await client.cancelQueries({ queryKey });
    const before = client.getQueryData(queryKey);
    client.setQueryData(
      queryKey,
      (known: Members | undefined) => known && { ...known, members: change(known.members) },
    );
    return before;
  };
  const takeBack = (error: Error, before: Members | undefined) => {
    client.setQueryData(queryKey, before);
    sayError(error);
  };

  const role = useMutation({
    mutationFn: ({ member, role: next }: { member: Member; role: Role }) => changeRole(id, member.userId, next),
    onMutate: ({ member, role: next }) =>
      show((list) => list.map((one) => (one.userId === member.userId ? { ...one, role: next } : one))),
    onSuccess: (_, { member, role: next }) => say(words.changed(member.name, next)),
    onError: (error, _, before) => takeBack(error, before),
    // Of oneself: what the whole website looks like.
    onSettled: (_, __, { member }) =>
      client.invalidateQueries({ queryKey: member.you ? ['websites'] : ['websites', id] }),
  });

  const removal = useMutation({
    mutationFn: (member: Member) => removeMember(id, member.userId),
    onMutate: (member) => (member.you ? undefined : show((list) => list.filter((one) => one.userId !== member.userId))),
    onSuccess: async (_, member) => {
      if (!member.you) {
        say(words.removed(member.name));
        await client.invalidateQueries({ queryKey });
        return;
      }
      await navigate('/');
      forgetWebsite(client, id);
    },
    onError: (error, _, before) => (before === undefined ? sayError(error) : takeBack(error, before)),
  });

  return { changeRole: role.mutate, remove: removal.mutate };
}
