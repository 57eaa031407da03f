import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { text } from '../../text/text.ts';
import { AccountForm } from './account-form.tsx';
import { FrontDoor } from './front-door.tsx';

const words = text.signIn;

/** For everybody, where the service's operator opened it. */
export function Component() {
  return (
    <FrontDoor title={words.signUpTitle}>
      <AccountForm />
      <Text size="sm">
        {words.haveAccount}{' '}
        <Anchor component={Link} to="/" underline="always">
          {words.submit}
        </Anchor>
      </Text>
    </FrontDoor>
  );
}
