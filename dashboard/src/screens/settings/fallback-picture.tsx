import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconPhotoUp } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { putFallbackPicture, removeFallbackPicture } from '../../api/settings.ts';
import type { Website } from '../../api/types.ts';
import { say, sayError } from '../../parts/say.ts';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';
import { pictureTypes, whyNoPicture } from './picture-file.ts';
import classes from './settings.module.css';

const words = text.settings.fallback;

export interface FallbackPictureProps {
  readonly website: Website;
  readonly mayChange: boolean;
}

/** What is sent in place of an error; saved by itself, as soon as it is chosen. */
export function FallbackPicture({ website, mayChange }: FallbackPictureProps) {
  const { id, settings } = website;
  const picture = settings.fallbackPicture;
  const [isOver, setIsOver] = useState(false);
  const client = useQueryClient();
  const known = { onError: sayError, onSettled: () => client.invalidateQueries({ queryKey: ['websites'] }) };
  const putting = useMutation({
    mutationFn: (file: Blob) => putFallbackPicture(id, file),
    onSuccess: () => say(words.set),
    ...known,
  });
  const removing = useMutation({
    mutationFn: () => removeFallbackPicture(id),
    onSuccess: () => say(words.removed),
    ...known,
  });
  const take = (file: File | null | undefined) => {
    if (!file) return;
    const wrong = whyNoPicture(file);
    if (wrong === null) putting.mutate(file);
    else sayError(new Error(wrong));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files[0]);
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(true);
  };
  const shown = picture && (
    // The hash: another picture has another address.
    <img src={`${picture.href}?${picture.hash}`} alt={words.alt} className={classes['picture']} />
  );
  return (
    <Section title={text.settings.groups.fallback} lead={words.why}>
      {!mayChange ? (
        (shown ?? <Text c="dimmed">{words.none}</Text>)
      ) : (
        <section
          className={classes['drop']}
          data-over={isOver || undefined}
          onDragOver={over}
          onDragLeave={() => setIsOver(false)}
          onDrop={drop}
          aria-label={words.how}
        >
          <Stack gap="md" align={picture ? 'flex-start' : 'center'} ta={picture ? 'left' : 'center'}>
            {shown ?? <IconPhotoUp size={36} stroke={1.3} aria-hidden />}
            <div>
              <Text size="sm">{words.how}</Text>
              <Text size="xs" c="dimmed" mt={2}>
                {words.limits}
              </Text>
            </div>
            <Group gap="sm">
              <FileButton accept={pictureTypes.join(',')} onChange={take}>
                {(props) => (
                  <Button {...props} variant="default" loading={putting.isPending}>
                    {picture ? words.replace : words.choose}
                  </Button>
                )}
              </FileButton>
              {picture && (
                <Button variant="subtle" color="red" loading={removing.isPending} onClick={() => removing.mutate()}>
                  {words.remove}
                </Button>
              )}
            </Group>
          </Stack>
        </section>
      )}
    </Section>
  );
}
