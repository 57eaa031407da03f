import { Alert, Group, SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { NetworkFrame } from '../../../../../server/src/model/networks/network-frames.ts';
import { shownText } from '../../../../../server/src/model/networks/shown-text.ts';
import type { PageDetail } from '../../../api/types.ts';
import { Section } from '../../../parts/section.tsx';
import { text } from '../../../text/text.ts';
import { Frame, type Stage } from './frame.tsx';
import classes from './gallery.module.css';
import { networks } from './networks.ts';
import { fitting, type PreviewImage } from './preview.ts';
import { usePictureToday } from './use-picture-today.ts';
import { whyToday } from './why-today.ts';

const words = text.networks;

/** The picture that one network gets, and whose it is. */
export interface Shown {
  readonly image: PreviewImage;
  /** Below the frame: for whom it was drawn, what it weighs, what could be done. */
  readonly note: ReactNode;
}

/** What networks show of the page as it is, or would show with the tag in it; one beside the other. */
type Moment = 'both' | 'today' | 'tagged';

export interface PreviewGalleryProps {
  readonly url: string;
  readonly document: PageDetail['document'];
  readonly shown: (frame: NetworkFrame) => Shown;
  readonly lead?: string;
  /** What else can be done, beside the choices. */
  readonly actions?: ReactNode;
  /** In one row, beside what is typed. */
  readonly isStrip?: boolean;
}

/** The card as each network shows it, light or dark. */
export function PreviewGallery(props: PreviewGalleryProps) {
  const { url, document, shown, lead = words.lead, actions, isStrip = false } = props;
  const own = useComputedColorScheme('light');
  const [chosen, choose] = useState<'light' | 'dark' | null>(null);
  const scheme = chosen ?? own;
  const schemes = (['light', 'dark'] as const).map((value) => ({ value, label: words[value] }));
  const today = usePictureToday(document);
  const [wanted, setMoment] = useState<Moment>('both');
  const moment = today === null ? 'tagged' : wanted;
  const moments = (['both', 'today', 'tagged'] as const).map((value) => ({ value, label: words[value] }));
  const choice = (
    <Group gap="xs">
      {actions}
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

  const stagesOf = (frame: NetworkFrame, image: PreviewImage): Stage[] => {
    const read = shownText(url, document?.tags ?? null, frame);
    const now: Stage[] =
      today === null || moment === 'tagged'
        ? []
        : [{ caption: words.today, preview: { ...read, image: fitting(today, frame) } }];
    // The tag that is to be added comes with twitter:card.
    const isLarge = read.isLarge || today !== null;
    const then: Stage[] = moment === 'today' ? [] : [{ caption: words.tagged, preview: { ...read, isLarge, image } }];
    return [...now, ...then];
  };

  const isRow = moment === 'both' || isStrip;
  const layout = ['gallery', 'row', ...(isRow ? [] : ['packed']), scheme];
  return (
    <Section bare title={words.title} lead={today === null ? lead : words.leads[moment]} actions={choice}>
      {today !== null && moment !== 'tagged' && <Alert color="yellow">{whyToday(document, today)}</Alert>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, by keyboard too (axe: scrollable-region-focusable) */}
      <div className={layout.map((name) => classes[name]).join(' ')} tabIndex={0}>
        {networks.map(({ frame, Preview }) => {
          const { image, note } = shown(frame);
          return (
            <Frame
              key={frame.name}
              frame={frame}
              stages={stagesOf(frame, image)}
              note={moment === 'today' ? null : note}
              Preview={Preview}
            />
          );
        })}
      </div>
    </Section>
  );
}
