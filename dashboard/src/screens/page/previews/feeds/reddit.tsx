import { IconExternalLink, IconLink } from '@tabler/icons-react';
import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './reddit.module.css';

/** Reddit: the post's title, which is suggested from the page, the domain as a link, and a small picture at the right. */
export function Reddit({ preview: { title, domain, image }, frame }: PreviewProps) {
  return (
    <div className={classes['post']}>
      <Author />
      <div className={classes['link']}>
        <div className={classes['text']}>
          <CutText cut={frame.title} className={classes['title']}>
            {title}
          </CutText>
          <div className={classes['domain']}>
            <span>{domain}</span>
            <IconExternalLink size={13} />
          </div>
        </div>
        {image.kind === 'none' ? (
          <span className={`${classes['thumb']} ${classes['blank']}`}>
            <IconLink size={26} stroke={1.4} />
          </span>
        ) : (
          <Picture image={image} ratio={frame.picture.ratio} isSmall className={classes['thumb']} />
        )}
      </div>
    </div>
  );
}
