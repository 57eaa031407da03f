import classes from './discord.module.css';
import { Picture } from './picture.tsx';
import { Author } from './post.tsx';
import type { Preview } from './preview.ts';

/**
 * Discord: an embed 432 wide at most. The picture is large, in its own shape, where twitter:card asks for that; else a
 * square of 80 at the right.
 */
export function Discord({ preview: { title, description, siteName, isLarge, image } }: { preview: Preview }) {
  return (
    <div className={classes['chat']}>
      <Author />
      <div className={classes['embed']}>
        <div className={classes['top']}>
          <div className={classes['text']}>
            {siteName !== null && <div className={classes['site']}>{siteName}</div>}
            <div className={classes['title']}>{title}</div>
            {description !== null && <div className={classes['about']}>{description}</div>}
          </div>
          {!isLarge && <Picture image={image} ratio={1} isSmall className={classes['thumb']} />}
        </div>
        {isLarge && <Picture image={image} className={classes['picture']} />}
      </div>
    </div>
  );
}
