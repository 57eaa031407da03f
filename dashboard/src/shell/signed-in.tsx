import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { session } from '../api/session.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { SignIn } from '../screens/sign-in/sign-in.tsx';
import { Frame } from './frame.tsx';

/** The screens for signed-in people; without a session, the sign-in screen at the same address. */
export function SignedIn() {
  const { data, error, refetch } = useQuery(session);
  if (data?.person) return <Frame person={data.person} />;
  if (data) return <SignIn session={data} />;
  return (
    <Center mih="100dvh" p="xl">
      {error ? <ErrorNote error={error} retry={refetch} /> : <Loader />}
    </Center>
  );
}
