import { Stack } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import type { Preview } from '../../api/types.ts';
import { Section } from '../../parts/section.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { PreviewGallery } from '../page/previews/gallery.tsx';
import { useDrawnFrames } from '../preview/use-drawn-frames.tsx';
import { WhatToDo } from '../preview/what-to-do.tsx';
import { TagCodes } from './tag-codes.tsx';
import { WordsForm } from './words-form.tsx';
import { documentWith, ownWords, type Written, wordsOf } from './written.ts';

const words = text.builder;

export interface BuildProps {
  readonly looked: Preview;
  readonly target: string;
}

/** The texts, the frames of all networks, and the tags to copy. */
export function Build({ looked, target }: BuildProps) {
  const website = useWebsite();
  const [written, setWritten] = useState<Written>(() => ownWords(looked.document));
  const { shown, failed } = useDrawnFrames(looked.href);
  const page = wordsOf(website, target, written);
  // Typing comes before the frames.
  const later = wordsOf(website, target, useDeferredValue(written));
  return (
    <Stack gap="xl">
      <Section title={words.words} lead={words.wordsWhy}>
        <WordsForm written={written} change={(change) => setWritten({ ...written, ...change })} />
      </Section>
      {failed && <WhatToDo {...failed} />}
      <PreviewGallery
        url={website.origin + target}
        document={documentWith(later)}
        shown={shown}
        lead={words.framesWhy}
        isStrip
      />
      <TagCodes page={page} />
    </Stack>
  );
}
