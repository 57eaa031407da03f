import { text } from '../../../text/text.ts';
import classes from './linkedin.module.css';
import { Picture } from './picture.tsx';
import { Author } from './post.tsx';
import type { Preview } from './preview.ts';

/**
 * LinkedIn: since the end of 2023 posts show a small picture (16:9) beside the title, and sponsored ones the large one
 * (LinkedIn Help, a1689427). Neither shows the description.
 */
export function LinkedIn({ preview: { title, domain, image } }: { preview: Preview }) {
  return (
    <div className={classes['feed']}>
      <div className={classes['post']}>
        <Author />
        <div className={classes['small']}>
          <Picture image={image} ratio={16 / 9} isSmall className={classes['thumb']} />
          <div className={classes['text']}>
            <div className={classes['title']}>{title}</div>
            <div className={classes['domain']}>{domain}</div>
          </div>
        </div>
      </div>
      <div className={classes['kind']}>{text.networks.sponsored}</div>
      <div className={classes['large']}>
        <Picture image={image} ratio={1.91} />
        <div className={classes['strip']}>
          <div className={classes['title']}>{title}</div>
          <div className={classes['domain']}>{domain}</div>
        </div>
      </div>
    </div>
  );
}
