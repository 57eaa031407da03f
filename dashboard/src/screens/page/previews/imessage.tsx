import classes from './imessage.module.css';
import { Picture } from './picture.tsx';
import type { Preview } from './preview.ts';

/** Messages: the picture in its own shape, title (two lines) and domain on grey below; no description. */
export function IMessage({ preview: { title, domain, image } }: { preview: Preview }) {
  return (
    <div className={classes['chat']}>
      <div className={classes['bubble']}>
        <Picture image={image} />
        <div className={classes['text']}>
          <div className={classes['title']}>{title}</div>
          <div className={classes['domain']}>{domain}</div>
        </div>
      </div>
    </div>
  );
}
