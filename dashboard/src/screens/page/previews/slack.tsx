import { IconWorld } from '@tabler/icons-react';
import { Picture } from './picture.tsx';
import { Author } from './post.tsx';
import type { Preview } from './preview.ts';
import classes from './slack.module.css';

/** Slack: a bar at the left, the site's name, the title as a link; the picture in its own shape, 360 wide at most. */
export function Slack({ preview: { title, description, domain, siteName, image } }: { preview: Preview }) {
  return (
    <div className={classes['channel']}>
      <Author square />
      <div className={classes['unfurl']}>
        <div className={classes['site']}>
          <IconWorld size={16} />
          {siteName ?? domain}
        </div>
        <div className={classes['title']}>{title}</div>
        {description !== null && <div className={classes['about']}>{description}</div>}
        <Picture image={image} className={classes['picture']} />
      </div>
    </div>
  );
}
