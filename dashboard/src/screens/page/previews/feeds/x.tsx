import { IconFileText } from '@tabler/icons-react';
import { text } from '../../../../text/text.ts';
import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './x.module.css';

/**
 * X: the title lies on the picture since 2024, the domain below it. Asks for 2:1, shows 1.91:1. Without
 * summary_large_image a square, with the text beside it.
 */
export function X({ preview: { title, description, domain, isLarge, image }, frame }: PreviewProps) {
  return (
    <div className={classes['post']}>
      <Author />
      {isLarge && image.kind !== 'none' ? (
        <>
          <div className={classes['large']}>
            <Picture image={image} ratio={frame.picture.ratio} />
            <span className={classes['title']}>{title}</span>
          </div>
          <div className={classes['from']}>{text.networks.from(domain)}</div>
        </>
      ) : (
        <div className={classes['small']}>
          {image.kind === 'none' ? (
            <span className={`${classes['thumb']} ${classes['blank']}`}>
              <IconFileText size={28} stroke={1.4} />
            </span>
          ) : (
            <Picture image={image} ratio={1} isSmall className={classes['thumb']} />
          )}
          <div className={classes['text']}>
            <span className={classes['dim']}>{domain}</span>
            <span className={classes['name']}>{title}</span>
            {description !== null && (
              <CutText cut={frame.description} className={classes['about']}>
                {description}
              </CutText>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
