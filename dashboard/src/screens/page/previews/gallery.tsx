import { SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { PageDetail } from '../../../api/types.ts';
import { Section } from '../../../parts/section.tsx';
import { text } from '../../../text/text.ts';
import { Frame } from './frame.tsx';
import classes from './gallery.module.css';
import { networks } from './networks.ts';
import type { PreviewImage } from './preview.ts';
import { readPage, tagsOf } from './preview.ts';

const words = text.networks;

/** The picture that one network gets, and whose it is. */
export interface Shown {
  readonly image: PreviewImage;
  /** Below the frame: for whom it was drawn, what it weighs, what could be done. */
  readonly note: ReactNode;
}

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
  const choice = (
    <SegmentedControl
      aria-label={words.scheme}
      size="xs"
      data={schemes}
      value={scheme}
      onChange={(value) => choose(value)}
    />
  );
  return (
    <Section bare title={words.title} lead={words.lead} actions={choice}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls sideways, by keyboard too (axe: scrollable-region-focusable) */}
      <div className={`${classes['gallery']} ${classes[scheme]}`} tabIndex={0}>
        {networks.map(({ consumer, label, Preview, read: readAs }) => {
          const { image, note } = shown(consumer, label);
          const preview = { ...readAs(read, tag), image };
          return (
            <Frame key={consumer} consumer={consumer} label={label} preview={preview} note={note}>
              <Preview preview={preview} />
            </Frame>
          );
        })}
      </div>
    </Section>
  );
}
