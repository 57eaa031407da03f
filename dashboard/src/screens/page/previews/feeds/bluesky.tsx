import { IconWorld } from '@tabler/icons-react';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import { TitleAndDescription } from '../title-and-description.tsx';
import classes from './bluesky.module.css';

/** Bluesky: 1.91:1, three lines of title, two of description, the domain under a line (its app: `ExternalEmbed`). */
export function Bluesky({ preview, frame }: PreviewProps) {
  const { domain, image } = preview;
  return (
    <div className={classes['post']}>
      <Author />
      <div className={classes['card']}>
        <Picture image={image} ratio={frame.picture.ratio} className={classes['picture']} />
        <div className={classes['text']}>
          <TitleAndDescription preview={preview} frame={frame} classes={classes} />
        </div>
        <div className={classes['domain']}>
          <IconWorld size={13} />
          <span>{domain}</span>
        </div>
      </div>
    </div>
  );
}
