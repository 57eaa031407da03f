import { Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { invitation } from '../../api/invitations.ts';
import { session } from '../../api/session.ts';
import { text } from '../../text/text.ts';
import { AccountForm } from './account-form.tsx';
import { FrontDoor } from './front-door.tsx';
import { Join } from './join.tsx';
import { LinkOver } from './link-over.tsx';

const words = text.signIn;

/** Where the link that `npm start` prints leads. */
export function Component() {
  const { token = '' } = useParams();
  const { data, error, refetch, isPending } = useQuery(invitation(token));
  const who = useQuery(session).data;
  return (
    <FrontDoor title={words.firstTitle}>
      {isPending || who === undefined ? (
        <Loader />
      ) : data?.kind !== 'first' ? (
        <LinkOver error={error} retry={refetch} />
      ) : who.person ? (
        <Join token={token} says={words.already(who.person.email)} action={words.takeOver} />
      ) : (
        <>
          <Text c="dimmed">{words.first}</Text>
          <AccountForm invitation={token} />
        </>
      )}
    </FrontDoor>
  );
}
