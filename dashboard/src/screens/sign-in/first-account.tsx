import { Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { invitation } from '../../api/invitations.ts';
import { text } from '../../text/text.ts';
import { AccountForm } from './account-form.tsx';
import { FrontDoor } from './front-door.tsx';

const words = text.signIn;

/** Where the link that `npm start` prints leads. */
export function Component() {
  const { token = '' } = useParams();
  const { data, isPending } = useQuery(invitation(token));
  return (
    <FrontDoor title={words.firstTitle}>
      {isPending ? (
        <Loader />
      ) : data?.kind === 'first' ? (
        <>
          <Text c="dimmed">{words.first}</Text>
          <AccountForm invitation={token} />
        </>
      ) : (
        <Text>{words.linkOver}</Text>
      )}
    </FrontDoor>
  );
}
