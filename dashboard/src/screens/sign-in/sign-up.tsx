import { Anchor, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { session } from '../../api/session.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { text } from '../../text/text.ts';
import { AccountForm } from './account-form.tsx';
import { FrontDoor } from './front-door.tsx';

const words = text.signIn;

/** For everybody, where the service's operator opened it; otherwise it says how to get an account. */
export function Component() {
  const { data, error, refetch } = useQuery(session);
  return (
    <FrontDoor title={words.signUpTitle}>
      {error && !data ? (
        <ErrorNote error={error} retry={refetch} />
      ) : data === undefined ? (
        <Loader />
      ) : data.openSignUp ? (
        <AccountForm />
      ) : (
        <Text>{data.firstAccount ? words.firstNeeded : words.signUpClosed}</Text>
      )}
      <Text size="sm">
        {words.haveAccount}{' '}
        <Anchor component={Link} to="/" underline="always">
          {words.submit}
        </Anchor>
      </Text>
    </FrontDoor>
  );
}
