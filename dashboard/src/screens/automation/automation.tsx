import { Text } from '@mantine/core';
import { Screen } from '../../parts/screen.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { DeployHooks } from './deploy-hooks.tsx';
import { Webhooks } from './webhooks.tsx';

const words = text.automation;

/** What other programs tell the service, and what it tells them. */
export function Component() {
  const { id, role } = useWebsite();
  return (
    <Screen title={words.title} lead={words.lead} width={860}>
      {role === 'viewer' ? (
        <Text>{words.notForViewers}</Text>
      ) : (
        <>
          <DeployHooks websiteId={id} mayChange={role === 'owner'} />
          <Webhooks websiteId={id} mayChange={role === 'owner'} />
        </>
      )}
    </Screen>
  );
}
