import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { revokeSharedPreview, sharedPreviews } from '../../../api/shared-previews.ts';
import type { SharedPreview } from '../../../api/types.ts';
import { CopyField } from '../../../parts/copy-field.tsx';
import { Line } from '../../../parts/lines.tsx';
import { say, sayError } from '../../../parts/say.ts';
import { When } from '../../../parts/when.tsx';
import { text } from '../../../text/text.ts';

const words = text.sharedPreview;

export interface OpenLinkProps {
  readonly websiteId: number;
  readonly link: SharedPreview;
  /** It was created just now. */
  readonly isNew: boolean;
}

/** One link: to copy, to open, to revoke. */
export function OpenLink({ websiteId, link: { id, target, url, expiresAt, openedAt }, isNew }: OpenLinkProps) {
  const client = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeSharedPreview(websiteId, id),
    onSuccess: () => {
      say(words.revoked);
      return client.invalidateQueries({ queryKey: sharedPreviews(websiteId, target).queryKey });
    },
    onError: sayError,
  });
  return (
    <Line>
      <Stack gap={6}>
        <CopyField label={words.link} isLabelHidden value={url} />
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed">
            {isNew && (
              <Badge size="sm" variant="default" mr={8} tt="none">
                {words.new}
              </Badge>
            )}
            {words.ends} <When at={expiresAt} />,{' '}
            {openedAt === null ? (
              words.neverOpened
            ) : (
              <>
                {words.opened} <When at={openedAt} />
              </>
            )}
          </Text>
          <Group gap="md">
            <Anchor href={url} target="_blank" rel="noreferrer" size="sm" aria-label={words.openThis(url)}>
              {words.open}
            </Anchor>
            <Button
              variant="light"
              color="red"
              size="compact-sm"
              aria-label={words.revokeThis(url)}
              loading={revoking.isPending}
              onClick={() => revoking.mutate()}
            >
              {words.revoke}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Line>
  );
}
