import { Group, Text } from '@mantine/core';
import type { FunctionComponent, ReactNode } from 'react';
import type { NetworkFrame } from '../../../../../server/src/model/networks/network-frames.ts';
import { NetworkIcon } from '../../../parts/network-icon.tsx';
import { text } from '../../../text/text.ts';
import classes from './gallery.module.css';
import type { Preview as Previewed, PreviewProps } from './preview.ts';

const words = text.networks;

/** What a network shows, now or with the tag. */
export interface Stage {
  readonly caption: string;
  readonly preview: Previewed;
}

export interface FrameProps {
  readonly frame: NetworkFrame;
  /** One beside the other. */
  readonly stages: readonly Stage[];
  readonly note: ReactNode;
  readonly Preview: FunctionComponent<PreviewProps>;
}

/** One network's frame with its name; said in one sentence to who does not see it, since it is a picture of a screen. */
export function Frame({ frame, stages, note, Preview }: FrameProps) {
  const { name, label } = frame;
  const isSmall =
    frame.picture.isSmallByDefault && stages.some(({ preview }) => !preview.isLarge && preview.image.kind !== 'none');
  return (
    <figure className={classes['network']}>
      <Group component="figcaption" gap={8} mb={8} wrap="nowrap">
        <NetworkIcon consumer={name} />
        <Text size="sm" fw={600}>
          {label}
        </Text>
      </Group>
      {stages.map(({ caption, preview }) => (
        <div key={caption} className={classes['moment']}>
          {stages.length > 1 && (
            <Text size="xs" c="dimmed" mb={4}>
              {caption}
            </Text>
          )}
          <div className={classes['stage']} role="img" aria-label={described(label, preview)}>
            <div aria-hidden>
              <Preview preview={preview} frame={frame} />
            </div>
          </div>
        </div>
      ))}
      <div>
        {isSmall && (
          <Text size="xs" c="dimmed" mt={8}>
            {words.smallCard}
          </Text>
        )}
        {note}
      </div>
    </figure>
  );
}

function described(label: string, { title, domain, description }: Previewed): string {
  return words.described(label, title, domain, description);
}
