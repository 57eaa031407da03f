import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { ApiError } from '../../api/request.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { text } from '../../text/text.ts';

/** Shown for a one-time link that no longer works, or that could not be checked because the service did not answer. */
export function LinkOver({ error, retry }: { readonly error: Error | null; readonly retry: () => unknown }) {
  if (error !== null && !(error instanceof ApiError && error.status === 404)) {
    return <ErrorNote error={error} retry={retry} />;
  }
  return (
    <>
      <Text>{text.signIn.linkOver}</Text>
      <Anchor component={Link} to="/">
        {text.errors.back}
      </Anchor>
    </>
  );
}
