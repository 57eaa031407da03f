import { Alert, Group, SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { PageDetail } from '../../../api/types.ts';
import { Section } from '../../../parts/section.tsx';
import { text } from '../../../text/text.ts';
import { Frame } from './frame.tsx';
import classes from './gallery.module.css';
import { networks } from './networks.ts';
import type { PreviewImage } from './preview.ts';
import { pictureToday, readPage, tagsOf } from './preview.ts';

const words = text.networks;

/** The picture that one network gets, and whose it is. */
export interface Shown {
  readonly image: PreviewImage;
  /** Below the frame: for whom it was drawn, what it weighs, what could be done. */
  readonly note: ReactNode;
}

/** What networks show of the page as it is, or would show with the tag in it. */
type Moment = 'today' | 'tagged';

export interface PreviewGalleryProps {
  readonly url: string;
  readonly document: PageDetail['document'];
  readonly shown: (consumer: string, label: string) => Shown;
}

/** The card as each network shows it, light or dark. */
export function PreviewGallery({ url, document, shown }: PreviewGalleryProps) {
  const own = useComputedColorScheme('light');
  const [chosen, choose] = useState<'light' | 'dark' | null>(null);
  const scheme = chosen ?? own;
  const read = readPage(url, document);
  const tag = tagsOf(document);
  const schemes = (['light', 'dark'] as const).map((value) => ({ value, label: words[value] }));
  const today = pictureToday(document);
  const [moment, setMoment] = useState<Moment>('today');
  const moments = (['today', 'tagged'] as const).map((value) => ({ value, label: words[value] }));
  const isTagged = today === null || moment === 'tagged';
  const choice = (
    <Group gap="xs">
      {today !== null && (
        <SegmentedControl aria-label={words.moment} size="xs" data={moments} value={moment} onChange={setMoment} />
      )}
      <SegmentedControl
        aria-label={words.scheme}
        size="xs"
        data={schemes}
        value={scheme}
        onChange={(value) => choose(value)}
      />
    </Group>
  );
  return (
    <Section
      bare
      title={words.title}
      lead={isTagged && today !== null ? words.leadTagged : words.lead}
      actions={choice}
    >
      {today !== null && !isTagged && <Alert color="yellow">{whyToday(document)}</Alert>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls sideways, by keyboard too (axe: scrollable-region-focusable) */}
      <div className={`${classes['gallery']} ${classes[scheme]}`} tabIndex={0}>
        {networks.map(({ consumer, label, Preview, read: readAs }) => {
          const own = shown(consumer, label);
          const image = isTagged || today === null ? own.image : today;
          const said = readAs(read, tag);
          const preview = { ...said, isLarge: said.isLarge || (today !== null && isTagged), image };
          return (
            <Frame key={consumer} consumer={consumer} label={label} preview={preview} note={isTagged ? own.note : null}>
              <Preview preview={preview} />
            </Frame>
          );
        })}
      </div>
    </Section>
  );
}

/** Why networks do not show the page's card. */
function whyToday(document: PageDetail['document']): string {
  const image = document?.image ?? null;
  if (image === null) return words.noImage;
  return image.kind === 'broken' ? words.brokenImage(image.url) : words.otherImage(image.url);
}
