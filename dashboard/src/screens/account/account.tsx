import { useQuery } from '@tanstack/react-query';
import { session } from '../../api/session.ts';
import { Screen } from '../../parts/screen.tsx';
import { text } from '../../text/text.ts';
import { ApiKeys } from './api-keys.tsx';
import { NameForm } from './name-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { Sessions } from './sessions.tsx';

/** What is one's own: name, password, sessions, API keys. */
export function Component() {
  const person = useQuery(session).data?.person;
  if (!person) return null;
  return (
    <Screen title={text.account.title} width={780}>
      <NameForm person={person} />
      <PasswordForm email={person.email} />
      <Sessions />
      <ApiKeys />
    </Screen>
  );
}
