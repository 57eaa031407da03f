import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { CopyField } from '../../parts/copy-field.tsx';
import { LeaveGuard } from '../../parts/leave-guard.tsx';
import { text } from '../../text/text.ts';

const words = text.automation.hooks;

/** A new deploy hook, as long as its address can be seen. */
export function HookOnce({ url, done }: { readonly url: string; readonly done: () => void }) {
  return (
    <Alert color="sea" icon={<IconLink size={18} />} title={words.madeTitle} radius="lg" role="region">
      <LeaveGuard isDirty isSecret />
      <Stack gap="md">
        <Text size="sm">{words.once}</Text>
        <CopyField label={words.address} value={url} />
        <CopyField label={words.call} description={words.part} value={`curl -fsS -X POST ${url}`} />
        <Button onClick={done} style={{ alignSelf: 'flex-start' }}>
          {text.parts.keptIt}
        </Button>
      </Stack>
    </Alert>
  );
}
