import { Anchor, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { invitation } from '../../api/invitations.ts';
import { session } from '../../api/session.ts';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import { AccountForm } from './account-form.tsx';
import { FrontDoor } from './front-door.tsx';
import { Join } from './join.tsx';
import { LinkOver } from './link-over.tsx';
import { SignIn } from './sign-in.tsx';

const words = text.signIn;

/** Where an invitation to a website leads: for who is signed in, has an account, or has none yet. */
export function Component() {
  const { token = '' } = useParams();
  const invited = useQuery(invitation(token));
  const { data: who } = useQuery(session);
  const [asksToSignIn, setAsksToSignIn] = useState(false);
  if (invited.isPending || who === undefined) {
    return (
      <FrontDoor title={words.invited}>
        <Loader />
      </FrontDoor>
    );
  }
  if (invited.data?.kind !== 'website') {
    return (
      <FrontDoor title={words.invited}>
        <LinkOver error={invited.error} retry={invited.refetch} />
      </FrontDoor>
    );
  }
  if (who.person === null && asksToSignIn) return <SignIn session={who} />;
  const { host, role, expiresAt } = invited.data;
  return (
    <FrontDoor title={words.invitedTitle(host)}>
      <Text>
        {words.invitedAs(text.roles[role])} {text.members.roleWhyYou[role]}
      </Text>
      <Text size="sm" c="dimmed">
        {words.linkEnds} <When at={expiresAt} />.
      </Text>
      {who.person === null ? (
        <>
          <AccountForm invitation={token} />
          <Text size="sm">
            {words.haveAccount}{' '}
            <Anchor component="button" type="button" inherit underline="always" onClick={() => setAsksToSignIn(true)}>
              {words.submit}
            </Anchor>
          </Text>
        </>
      ) : (
        <Join token={token} says={words.joinAs(who.person.email)} action={words.join} />
      )}
    </FrontDoor>
  );
}
