import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import { TitleAndDescription } from '../title-and-description.tsx';
import classes from './facebook.module.css';

/** Facebook's feed: the picture from edge to edge, 1.91:1; the description where the title leaves it a line. */
export function Facebook({ preview, frame }: PreviewProps) {
  const { domain, image } = preview;
  return (
    <div className={classes['post']}>
      <div className={classes['head']}>
        <Author />
      </div>
      <Picture image={image} ratio={frame.picture.ratio} />
      <div className={classes['strip']}>
        <div className={classes['domain']}>{domain}</div>
        <div className={classes['lines']}>
          <TitleAndDescription preview={preview} frame={frame} classes={classes} />
        </div>
      </div>
    </div>
  );
}
