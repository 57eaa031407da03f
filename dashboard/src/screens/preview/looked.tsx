import { Stack, Text } from '@mantine/core';
import type { NetworkFrame } from '../../../../server/src/model/networks/network-frames.ts';
import type { Preview } from '../../api/types.ts';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { Explanation } from '../../parts/explanation.tsx';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';
import { PreviewGallery, type Shown } from '../page/previews/gallery.tsx';
import { Note } from '../page/previews/note.tsx';
import { Tags } from '../page/tags.tsx';
import { useDrawnPictures } from './use-drawn-pictures.ts';
import { WhatToDo } from './what-to-do.tsx';

const words = text.networks;

/** A page that was looked at. @param asked the address as it was given. */
export function Looked({ looked: { url, document, explanation, href }, asked }: { looked: Preview; asked: string }) {
  const drawn = useDrawnPictures(href);
  const labelOf = useConsumerLabel();
  const generic = drawn.of('generic');

  const shown = ({ name, label, consumer }: NetworkFrame): Shown => {
    const whose = labelOf(consumer);
    const own = drawn.of(consumer);
    const one = own?.picture ? own : (generic ?? own);
    const isBusy = own?.isLoading ?? false;
    const ask = () => drawn.ask(consumer);
    const note = own?.picture ? (
      <Note
        consumer={consumer}
        label={whose}
        says={name === consumer ? words.own(label) : words.asksAs(label, whose)}
        picture={own.picture}
      />
    ) : one?.picture ? (
      <Note
        consumer={consumer}
        label={whose}
        says={own?.error ? own.error.message : words.borrowedGeneric}
        drawOwn={ask}
        isBusy={isBusy}
      />
    ) : (
      // In the place of what will be said, so that nothing moves then.
      <Note consumer={consumer} label={whose} says={one?.error ? words.failed : words.drawing} />
    );
    if (one?.picture) return { image: { kind: 'picture', ...one.picture }, note };
    return { image: { kind: one?.error ? 'failed' : 'drawing' }, note };
  };

  return (
    <Stack gap="xl">
      {!isSamePage(url, asked) && <Text c="dimmed">{text.preview.redirected(url)}</Text>}
      {generic?.error && <WhatToDo error={generic.error} retry={() => drawn.ask('generic')} />}
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
