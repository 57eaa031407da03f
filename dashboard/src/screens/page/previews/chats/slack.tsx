import { IconWorld } from '@tabler/icons-react';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import { TitleAndDescription } from '../title-and-description.tsx';
import classes from './slack.module.css';

/** Slack: a bar at the left, the site's name, the title as a link; the picture in its own shape, 360 wide at most. */
export function Slack({ preview, frame }: PreviewProps) {
  const { domain, siteName, image } = preview;
  return (
    <div className={classes['channel']}>
      <Author square />
      <div className={classes['unfurl']}>
        <div className={classes['site']}>
          <IconWorld size={16} />
          {siteName ?? domain}
        </div>
        <TitleAndDescription preview={preview} frame={frame} classes={classes} />
        <Picture image={image} className={classes['picture']} />
      </div>
    </div>
  );
}
