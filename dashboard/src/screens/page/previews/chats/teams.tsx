import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './teams.module.css';

/** Teams: a card below the message, a square of the picture at the left, title, description and domain beside it. */
export function Teams({ preview: { title, description, domain, url, image }, frame }: PreviewProps) {
  return (
    <div className={classes['chat']}>
      <Author />
      <div className={classes['link']}>{url}</div>
      <div className={classes['card']}>
        {image.kind !== 'none' && (
          <Picture image={image} ratio={frame.picture.ratio} isSmall className={classes['thumb']} />
        )}
        <div className={classes['text']}>
          <CutText cut={frame.title} className={classes['title']}>
            {title}
          </CutText>
          {description !== null && (
            <CutText cut={frame.description} className={classes['about']}>
              {description}
            </CutText>
          )}
          <div className={classes['domain']}>{domain}</div>
        </div>
      </div>
    </div>
  );
}
