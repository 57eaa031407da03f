import { Alert, Anchor, Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiKeys } from '../../api/account.ts';
import type { MadeApiKey } from '../../api/types.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LeaveGuard } from '../../parts/leave-guard.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { text } from '../../text/text.ts';
import { ApiKeyForm } from './api-key-form.tsx';
import { ApiKeyList } from './api-key-list.tsx';

const words = text.account;

/** Keys with which programs do what their owner may do. */
export function ApiKeys() {
  const { data, error, refetch } = useQuery(apiKeys);
  const [isMaking, { open, close }] = useDisclosure();
  const [made, setMade] = useState<MadeApiKey | null>(null);
  const lead = (
    <>
      {words.keysWhy}{' '}
      <Anchor href="/api/v1/" target="_blank" inherit underline="always">
        {words.reference}
      </Anchor>
    </>
  );
  // Another one would take the place of the key that is shown.
  const make = !isMaking && made === null && (
    <Button size="xs" onClick={open} leftSection={<IconPlus size={14} aria-hidden />}>
      {words.createKey}
    </Button>
  );
  return (
    <Section title={words.keys} lead={lead} actions={make}>
      {made && (
        <Alert color="sea" icon={<IconKey size={18} />} title={words.keyMade}>
          <LeaveGuard isDirty isSecret />
          <Stack gap="sm">
            <CopyField label={made.name} description={words.keyMadeWhy} value={made.key} />
            <Button onClick={() => setMade(null)} style={{ alignSelf: 'flex-start' }}>
              {words.done}
            </Button>
          </Stack>
        </Alert>
      )}
      {isMaking && (
        <ApiKeyForm
          cancel={close}
          done={(key) => {
            setMade(key);
            close();
          }}
        />
      )}
      {error ? (
        <ErrorNote error={error} retry={refetch} />
      ) : data === undefined ? (
        <SkeletonLines count={2} />
      ) : data.length > 0 ? (
        <ApiKeyList keys={data} />
      ) : (
        !isMaking && (
          <Text size="sm" c="dimmed">
            {words.noKeys}
          </Text>
        )
      )}
    </Section>
  );
}
