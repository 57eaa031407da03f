import { text } from '../../../../text/text.ts';
import { Picture } from '../picture.tsx';
import type { PreviewProps } from '../preview.ts';
import { TitleAndDescription } from '../title-and-description.tsx';
import classes from './telegram.module.css';

/** Telegram: a quotation under the link, site, title and description, the picture below in its own shape. */
export function Telegram({ preview, frame }: PreviewProps) {
  const { domain, siteName, url, isLarge, image } = preview;
  return (
    <div className={classes['chat']}>
      <div className={classes['bubble']}>
        <div className={classes['link']}>{url}</div>
        <div className={classes['quote']}>
          <div className={classes['top']}>
            <div className={classes['text']}>
              <div className={classes['site']}>{siteName ?? domain}</div>
              <TitleAndDescription preview={preview} frame={frame} classes={classes} />
            </div>
            {!isLarge && <Picture image={image} ratio={1} isSmall className={classes['thumb']} />}
          </div>
          {isLarge && <Picture image={image} className={classes['picture']} />}
        </div>
        <div className={classes['time']}>{text.networks.time}</div>
      </div>
    </div>
  );
}
