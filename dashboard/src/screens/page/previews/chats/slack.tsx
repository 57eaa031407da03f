import { IconWorld } from '@tabler/icons-react';
import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './slack.module.css';

/** Slack: a bar at the left, the site's name, the title as a link; the picture in its own shape, 360 wide at most. */
export function Slack({ preview: { title, description, domain, siteName, image }, frame }: PreviewProps) {
  return (
    <div className={classes['channel']}>
      <Author square />
      <div className={classes['unfurl']}>
        <div className={classes['site']}>
          <IconWorld size={16} />
          {siteName ?? domain}
        </div>
        <CutText cut={frame.title} className={classes['title']}>
          {title}
        </CutText>
        {description !== null && (
          <CutText cut={frame.description} className={classes['about']}>
            {description}
          </CutText>
        )}
        <Picture image={image} className={classes['picture']} />
      </div>
    </div>
  );
}
