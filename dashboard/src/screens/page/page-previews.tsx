import { Button, Stack, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { NetworkFrame } from '../../../../server/src/model/networks/network-frames.ts';
import { consumers } from '../../api/consumers.ts';
import type { PageDetail } from '../../api/types.ts';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';
import { keptPictures, pictureFor } from './kept-picture.ts';
import { PreviewGallery, type Shown } from './previews/gallery.tsx';
import { Note } from './previews/note.tsx';
import { IsDrawing } from './previews/picture.tsx';
import type { Drawing } from './use-drawing.ts';

const words = text.networks;

export interface PagePreviewsProps {
  readonly page: PageDetail;
  /** Null for who may not draw. */
  readonly drawing: Drawing | null;
  /** The way to share them; nothing for who may not. */
  readonly share: ReactNode;
}

/** The page's kept cards as networks show them; the way to a look where nothing may be kept. */
export function PagePreviews({ page, drawing, share }: PagePreviewsProps) {
  const { kind } = page.status;
  if (kind !== 'never-kept')
    return <KeptPreviews page={page} drawing={drawing} share={share} missing={kind === 'gone' ? 'gone' : 'missing'} />;
  return (
    <Section title={words.title} actions={share}>
      <Stack align="flex-start">
        <Text c="dimmed">{words.unkept}</Text>
        <Button
          component={Link}
          to={`/preview?url=${encodeURIComponent(page.url)}`}
          leftSection={<IconEye size={16} />}
          variant="light"
        >
          {words.look}
        </Button>
      </Stack>
    </Section>
  );
}

/** @param missing why there is no picture, if there is none. */
function KeptPreviews({ page, drawing, share, missing }: PagePreviewsProps & { missing: 'missing' | 'gone' }) {
  const { data = [] } = useQuery(consumers);
  const labelOf = useConsumerLabel();
  const kept = keptPictures(page.cards);

  const shown = ({ name, label, consumer }: NetworkFrame): Shown => {
    const found = pictureFor(kept, consumer, data);
    const drawOwn = drawing === null ? undefined : () => drawing.draw({ consumer });
    const progress = drawing?.progress;
    const isBusy = progress !== undefined && 'consumer' in progress && progress.consumer === consumer;
    const common = { consumer, label: labelOf(consumer), isBusy, isDisabled: drawing?.isRunning ?? false };
    if (found === undefined) {
      return { image: { kind: missing }, note: <Note {...common} drawOwn={drawOwn} /> };
    }
    const { picture, href, card } = found;
    const image = { kind: 'picture', src: href, width: picture.width, height: picture.height } as const;
    if (card.consumer === consumer) {
      // Whose it is stands above the frame; its size and format are among the kept pictures.
      const note =
        name === consumer ? (
          <Note {...common} picture={picture} />
        ) : (
          <Note {...common} says={words.asksAs(label, labelOf(consumer))} />
        );
      return { image, note };
    }
    const says = card.consumer === 'generic' ? words.borrowedGeneric : words.borrowed(labelOf(card.consumer));
    return { image, note: <Note {...common} says={says} drawOwn={drawOwn} /> };
  };

  return (
    <IsDrawing value={drawing?.isRunning ?? false}>
      <PreviewGallery url={page.url} document={page.document} shown={shown} actions={share} />
    </IsDrawing>
  );
}
