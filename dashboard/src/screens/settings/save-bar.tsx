import { Button, Group, Paper, Text } from '@mantine/core';
import { text } from '../../text/text.ts';
import classes from './settings.module.css';
import { formId } from './settings-form.tsx';

const words = text.settings;

/** In sight as long as something is not saved, wherever one is on the screen. */
export function SaveBar({ isSaving, discard }: { isSaving: boolean; discard: () => void }) {
  return (
    <Paper withBorder shadow="lg" radius="lg" p="sm" pl="lg" className={classes['bar'] ?? ''} role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{words.unsaved}</Text>
        <Group gap="xs" ml="auto">
          <Button variant="subtle" color="gray" onClick={discard} disabled={isSaving}>
            {words.discard}
          </Button>
          <Button type="submit" form={formId} loading={isSaving}>
            {words.save}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}
