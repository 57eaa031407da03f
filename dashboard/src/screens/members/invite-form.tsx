import { Alert, Button, Group, Radio, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { invite, members } from '../../api/members.ts';
import type { Role } from '../../api/types.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LeaveGuard } from '../../parts/leave-guard.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';

const words = text.members;
const roles = ['viewer', 'editor', 'owner'] as const satisfies readonly Role[];

/** Makes a link for one person, and shows it while it can be seen. */
export function InviteForm({ websiteId }: { websiteId: number }) {
  const [role, setRole] = useState<Role>('viewer');
  const client = useQueryClient();
  const inviting = useMutation({
    mutationFn: () => invite(websiteId, role),
    onSuccess: () => client.invalidateQueries({ queryKey: members(websiteId).queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    inviting.mutate();
  };
  const made = inviting.data;
  if (made !== undefined) {
    return (
      <Alert color="sea" icon={<IconLink size={18} />} title={words.linkFor(made.role)}>
        <LeaveGuard isDirty isSecret />
        <Stack gap="sm">
          <CopyField
            label={words.link}
            description={
              <>
                {words.linkOnce} {words.linkEnds} <When at={made.expiresAt} />.
              </>
            }
            value={made.link}
          />
          <Button onClick={inviting.reset} style={{ alignSelf: 'flex-start' }}>
            {text.parts.done}
          </Button>
        </Stack>
      </Alert>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {inviting.isError && <ErrorNote error={inviting.error} />}
        <Radio.Group label={words.invite} value={role} onChange={setRole}>
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" mt="xs">
            {roles.map((one) => (
              <Radio.Card
                key={one}
                value={one}
                p="sm"
                radius="md"
                style={{ display: 'flex', alignItems: 'flex-start' }}
              >
                <Group wrap="nowrap" align="flex-start" gap="sm">
                  <Radio.Indicator mt={2} />
                  <div>
                    <Text size="sm" fw={600}>
                      {text.roles[one]}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {words.roleWhy[one]}
                    </Text>
                  </div>
                </Group>
              </Radio.Card>
            ))}
          </SimpleGrid>
        </Radio.Group>
        <Button type="submit" loading={inviting.isPending} style={{ alignSelf: 'flex-start' }}>
          {words.makeLink}
        </Button>
      </Stack>
    </form>
  );
}
