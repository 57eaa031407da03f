import { text } from '../../../../text/text.ts';
import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './linkedin.module.css';

// The large picture of sponsored posts.
const sponsored = 1.91;

/**
 * LinkedIn: since the end of 2023 posts show a small picture (16:9) beside the title, and sponsored ones the large one
 * (LinkedIn Help, a1689427). Neither shows the description.
 */
export function LinkedIn({ preview: { title, domain, image }, frame }: PreviewProps) {
  return (
    <div className={classes['feed']}>
      <div className={classes['post']}>
        <Author />
        <div className={classes['small']}>
          <Picture image={image} ratio={frame.picture.ratio} isSmall className={classes['thumb']} />
          <div className={classes['text']}>
            <CutText cut={frame.title} className={classes['title']}>
              {title}
            </CutText>
            <div className={classes['domain']}>{domain}</div>
          </div>
        </div>
      </div>
      <div className={classes['kind']}>{text.networks.sponsored}</div>
      <div className={classes['large']}>
        <Picture image={image} ratio={sponsored} />
        <div className={classes['strip']}>
          <CutText cut={frame.title} className={classes['title']}>
            {title}
          </CutText>
          <div className={classes['domain']}>{domain}</div>
        </div>
      </div>
    </div>
  );
}
