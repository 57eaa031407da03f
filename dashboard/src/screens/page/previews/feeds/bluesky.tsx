import { IconWorld } from '@tabler/icons-react';
import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './bluesky.module.css';

/** Bluesky: 1.91:1, three lines of title, two of description, the domain under a line (its app: `ExternalEmbed`). */
export function Bluesky({ preview: { title, description, domain, image }, frame }: PreviewProps) {
  return (
    <div className={classes['post']}>
      <Author />
      <div className={classes['card']}>
        <Picture image={image} ratio={frame.picture.ratio} className={classes['picture']} />
        <div className={classes['text']}>
          <CutText cut={frame.title} className={classes['title']}>
            {title}
          </CutText>
          {description !== null && (
            <CutText cut={frame.description} className={classes['about']}>
              {description}
            </CutText>
          )}
        </div>
        <div className={classes['domain']}>
          <IconWorld size={13} />
          <span>{domain}</span>
        </div>
      </div>
    </div>
  );
}
