import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import { TitleAndDescription } from '../title-and-description.tsx';
import classes from './discord.module.css';

/**
 * Discord: an embed 432 wide at most. The picture is large, in its own shape, where twitter:card asks for that; else a
 * square of 80 at the right.
 */
export function Discord({ preview, frame }: PreviewProps) {
  const { siteName, isLarge, image } = preview;
  return (
    <div className={classes['chat']}>
      <Author />
      <div className={classes['embed']}>
        <div className={classes['top']}>
          <div className={classes['text']}>
            {siteName !== null && <div className={classes['site']}>{siteName}</div>}
            <TitleAndDescription preview={preview} frame={frame} classes={classes} />
          </div>
          {!isLarge && <Picture image={image} ratio={1} isSmall className={classes['thumb']} />}
        </div>
        {isLarge && <Picture image={image} className={classes['picture']} />}
      </div>
    </div>
  );
}
