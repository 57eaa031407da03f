import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './facebook.module.css';

/** Facebook's feed: the picture from edge to edge, 1.91:1; the description where the title leaves it a line. */
export function Facebook({ preview: { title, description, domain, image }, frame }: PreviewProps) {
  return (
    <div className={classes['post']}>
      <div className={classes['head']}>
        <Author />
      </div>
      <Picture image={image} ratio={frame.picture.ratio} />
      <div className={classes['strip']}>
        <div className={classes['domain']}>{domain}</div>
        <div className={classes['lines']}>
          <CutText cut={frame.title} className={classes['title']}>
            {title}
          </CutText>
          {description !== null && (
            <CutText cut={frame.description} className={classes['about']}>
              {description}
            </CutText>
          )}
        </div>
      </div>
    </div>
  );
}
