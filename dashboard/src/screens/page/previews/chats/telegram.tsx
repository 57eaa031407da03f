import { text } from '../../../../text/text.ts';
import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './telegram.module.css';

/** Telegram: a quotation under the link, site, title and description, the picture below in its own shape. */
export function Telegram({
  preview: { title, description, domain, siteName, url, isLarge, image },
  frame,
}: PreviewProps) {
  return (
    <div className={classes['chat']}>
      <div className={classes['bubble']}>
        <div className={classes['link']}>{url}</div>
        <div className={classes['quote']}>
          <div className={classes['top']}>
            <div className={classes['text']}>
              <div className={classes['site']}>{siteName ?? domain}</div>
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
        <div className={classes['time']}>{text.networks.time}</div>
      </div>
    </div>
  );
}
