import { useMutation, useQueryClient } from '@tanstack/react-query';
import { endOtherSessions, endSession, sessions } from '../../api/account.ts';
import type { SignedInSession } from '../../api/types.ts';
import { say, sayError } from '../../parts/say.ts';
import { text } from '../../text/text.ts';

const words = text.account;

/** Ends sessions; they are gone from the list at once, and back where the service refuses. */
export function useSessionEnds() {
  const client = useQueryClient();
  const { queryKey } = sessions;
  const keep = async (isKept: (session: SignedInSession) => boolean) => {
    await client.cancelQueries({ queryKey });
    const before = client.getQueryData(queryKey);
    client.setQueryData(queryKey, before?.filter(isKept));
    return before;
  };
  const takeBack = (error: Error, before: SignedInSession[] | undefined) => {
    client.setQueryData(queryKey, before);
    sayError(error);
  };
  const onSettled = () => client.invalidateQueries({ queryKey });
  const one = useMutation({
    mutationFn: endSession,
    onMutate: (id) => keep((session) => session.id !== id),
    onSuccess: () => say(words.ended),
    onError: (error, _, before) => takeBack(error, before),
    onSettled,
  });
  const others = useMutation({
    mutationFn: endOtherSessions,
    onMutate: () => keep(({ current }) => current),
    onSuccess: () => say(words.allEnded),
    onError: (error, _, before) => takeBack(error, before),
    onSettled,
  });
  return { end: one.mutate, endOthers: () => others.mutate() };
}
