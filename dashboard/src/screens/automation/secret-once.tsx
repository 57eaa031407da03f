import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { CopyField } from '../../parts/copy-field.tsx';
import { LeaveGuard } from '../../parts/leave-guard.tsx';
import { text } from '../../text/text.ts';

const words = text.automation.webhooks;

/** A new webhook's secret, as long as it can be seen. */
export function SecretOnce({ secret, done }: { readonly secret: string; readonly done: () => void }) {
  return (
    <Alert color="sea" icon={<IconKey size={18} />} title={words.madeTitle} radius="lg" role="region">
      <LeaveGuard isDirty isSecret />
      <Stack gap="md">
        <Text size="sm">{words.once}</Text>
        <CopyField label={words.secret} description={words.how} value={secret} />
        <Button onClick={done} style={{ alignSelf: 'flex-start' }}>
          {text.parts.keptIt}
        </Button>
      </Stack>
    </Alert>
  );
}
