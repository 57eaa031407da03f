import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './imessage.module.css';

/** Messages: the picture in its own shape, title (two lines) and domain on grey below; no description. */
export function IMessage({ preview: { title, domain, image }, frame }: PreviewProps) {
  return (
    <div className={classes['chat']}>
      <div className={classes['bubble']}>
        <Picture image={image} />
        <div className={classes['text']}>
          <CutText cut={frame.title} className={classes['title']}>
            {title}
          </CutText>
          <div className={classes['domain']}>{domain}</div>
        </div>
      </div>
    </div>
  );
}
