import { IconFileText } from '@tabler/icons-react';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { Preview, PreviewProps } from '../preview.ts';
import { TitleAndDescription } from '../title-and-description.tsx';
import classes from './mastodon.module.css';

/** Mastodon: the picture large where it is wider than high, else a square beside the text; site, title, description. */
export function Mastodon({ preview, frame }: PreviewProps) {
  const { domain, siteName, image } = preview;
  const isLarge = isWide(image);
  return (
    <div className={classes['post']}>
      <Author square />
      <div className={`${classes['card']} ${isLarge ? '' : classes['beside']}`}>
        {image.kind === 'none' ? (
          <span className={classes['blank']}>
            <IconFileText size={24} stroke={1.4} />
          </span>
        ) : (
          <Picture
            image={image}
            ratio={isLarge ? frame.picture.ratio : 1}
            isSmall={!isLarge}
            className={isLarge ? undefined : classes['thumb']}
          />
        )}
        <div className={classes['text']}>
          <div className={classes['site']}>{siteName ?? domain}</div>
          <TitleAndDescription preview={preview} frame={frame} classes={classes} />
        </div>
      </div>
    </div>
  );
}

/** A card that is yet to be drawn will be. */
function isWide(image: Preview['image']): boolean {
  return image.kind === 'picture' ? image.width > image.height : image.kind !== 'none';
}
