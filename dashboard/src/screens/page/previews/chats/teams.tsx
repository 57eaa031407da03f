import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import { TitleAndDescription } from '../title-and-description.tsx';
import classes from './teams.module.css';

/** Teams: a card below the message, a square of the picture at the left, title, description and domain beside it. */
export function Teams({ preview, frame }: PreviewProps) {
  const { domain, url, image } = preview;
  return (
    <div className={classes['chat']}>
      <Author />
      <div className={classes['link']}>{url}</div>
      <div className={classes['card']}>
        {image.kind !== 'none' && (
          <Picture image={image} ratio={frame.picture.ratio} isSmall className={classes['thumb']} />
        )}
        <div className={classes['text']}>
          <TitleAndDescription preview={preview} frame={frame} classes={classes} />
          <div className={classes['domain']}>{domain}</div>
        </div>
      </div>
    </div>
  );
}
