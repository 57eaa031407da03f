import { Anchor, Button, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { acceptInvitation, invitation } from '../../api/invitations.ts';
import { session } from '../../api/session.ts';
import { websites } from '../../api/websites.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { text } from '../../text/text.ts';
import { AccountForm } from './account-form.tsx';
import { FrontDoor } from './front-door.tsx';
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
      <FrontDoor title={words.invitedTitle('…')}>
        <Loader />
      </FrontDoor>
    );
  }
  if (invited.data?.kind !== 'website') {
    return (
      <FrontDoor title={words.signUpTitle}>
        <Text>{words.linkOver}</Text>
        <Anchor component={Link} to="/">
          {text.errors.back}
        </Anchor>
      </FrontDoor>
    );
  }
  if (who.person === null && asksToSignIn) return <SignIn session={who} />;
  const { origin, role } = invited.data;
  return (
    <FrontDoor title={words.invitedTitle(origin)}>
      <Text>{words.invitedAs(text.roles[role])}</Text>
      {who.person === null ? (
        <>
          <AccountForm invitation={token} />
          <Text size="sm">
            {words.haveAccount}{' '}
            <Anchor component="button" type="button" onClick={() => setAsksToSignIn(true)}>
              {words.submit}
            </Anchor>
          </Text>
        </>
      ) : (
        <Join token={token} email={who.person.email} />
      )}
    </FrontDoor>
  );
}

function Join({ token, email }: { token: string; email: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const joining = useMutation({
    mutationFn: () => acceptInvitation(token),
    onSuccess: async ({ websiteId }) => {
      await client.invalidateQueries({ queryKey: websites.queryKey });
      navigate(`/websites/${websiteId}`);
    },
  });
  return (
    <Stack>
      <Text size="sm">{words.joinAs(email)}</Text>
      {joining.isError && <ErrorNote error={joining.error} />}
      <Button onClick={() => joining.mutate()} loading={joining.isPending}>
        {words.join}
      </Button>
    </Stack>
  );
}
