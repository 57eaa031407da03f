import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './pinterest.module.css';

// Pinterest Help, "Pinterest product specs": what is higher is cut in feeds.
const highest = 2 / 3;

/** Pinterest: a column of pins, each its picture in its own shape, up to 2:3, and a title; without a picture no pin. */
export function Pinterest({ preview: { title, domain, image }, frame }: PreviewProps) {
  const ratio = image.kind === 'picture' ? Math.max(image.width / image.height, highest) : highest;
  return (
    <div className={classes['board']}>
      {image.kind === 'none' ? (
        <div className={classes['nothing']}>{domain}</div>
      ) : (
        <div className={classes['pin']}>
          <Picture image={image} ratio={ratio} className={classes['picture']} />
          <CutText cut={frame.title} className={classes['title']}>
            {title}
          </CutText>
        </div>
      )}
      <div className={classes['others']}>
        <span />
        <span />
      </div>
    </div>
  );
}
