import { Stack, Text } from '@mantine/core';
import type { Preview } from '../../api/types.ts';
import { Explanation } from '../../parts/explanation.tsx';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';
import { PreviewGallery } from '../page/previews/gallery.tsx';
import { Tags } from '../page/tags.tsx';
import { useDrawnFrames } from './use-drawn-frames.tsx';
import { WhatToDo } from './what-to-do.tsx';

/** A page that was fetched for a preview. @param asked the address as it was typed. */
export function Looked({ looked: { url, document, explanation, href }, asked }: { looked: Preview; asked: string }) {
  const { shown, failed } = useDrawnFrames(href);
  return (
    <Stack gap="xl">
      {!isSamePage(url, asked) && <Text c="dimmed">{text.preview.redirected(url)}</Text>}
      {failed && <WhatToDo {...failed} />}
      <PreviewGallery url={url} document={document} shown={shown} />
      <Section title={text.preview.explanation}>
        <Explanation explanation={explanation} />
      </Section>
      <Tags document={document} />
    </Stack>
  );
}

function isSamePage(one: string, other: string): boolean {
  return URL.canParse(other) && new URL(one).href.split('#')[0] === new URL(other).href.split('#')[0];
}
