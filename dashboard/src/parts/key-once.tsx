import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import type { NewKey } from '../api/types.ts';
import { text } from '../text/text.ts';
import { CopyField } from './copy-field.tsx';
import { LeaveGuard } from './leave-guard.tsx';

const words = text.parts;

export interface KeyOnceProps {
  readonly made: NewKey;
  readonly done: () => void;
  /** It is kept in memory until it is put away. */
  readonly isHeld?: boolean;
}

/** A new key of a website, as long as it can be seen. */
export function KeyOnce({ made, done, isHeld = false }: KeyOnceProps) {
  return (
    <Alert color="sea" icon={<IconKey size={18} />} title={words.keyOnceTitle} radius="lg" role="region">
      <LeaveGuard isDirty isSecret isHeld={isHeld} onLeave={done} />
      <Stack gap="md">
        <Text size="sm">
          {words.keyOnce} {words.noKeyNeeded}
        </Text>
        <CopyField label={words.apiKey} description={words.apiKeyFor} value={made.apiKey} />
        <CopyField label={words.publicKey} description={words.publicKeyFor} value={made.publicKey} />
        <CopyField label={words.secretKey} description={words.secretKeyFor} value={made.secretKey} />
        <Button onClick={done} style={{ alignSelf: 'flex-start' }}>
          {words.keptIt}
        </Button>
      </Stack>
    </Alert>
  );
}
