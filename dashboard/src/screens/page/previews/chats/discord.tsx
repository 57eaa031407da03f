import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './discord.module.css';

/**
 * Discord: an embed 432 wide at most. The picture is large, in its own shape, where twitter:card asks for that; else a
 * square of 80 at the right.
 */
export function Discord({ preview: { title, description, siteName, isLarge, image }, frame }: PreviewProps) {
  return (
    <div className={classes['chat']}>
      <Author />
      <div className={classes['embed']}>
        <div className={classes['top']}>
          <div className={classes['text']}>
            {siteName !== null && <div className={classes['site']}>{siteName}</div>}
            <CutText cut={frame.title} className={classes['title']}>
              {title}
            </CutText>
            {description !== null && (
              <CutText cut={frame.description} className={classes['about']}>
                {description}
              </CutText>
            )}
          </div>
          {!isLarge && <Picture image={image} ratio={1} isSmall className={classes['thumb']} />}
        </div>
        {isLarge && <Picture image={image} className={classes['picture']} />}
      </div>
    </div>
  );
}
