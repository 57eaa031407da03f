import classes from './facebook.module.css';
import { Picture } from './picture.tsx';
import { Author } from './post.tsx';
import type { Preview } from './preview.ts';

/** Facebook's feed: the picture from edge to edge, 1.91:1; the description where the title leaves it a line. */
export function Facebook({ preview: { title, description, domain, image } }: { preview: Preview }) {
  return (
    <div className={classes['post']}>
      <div className={classes['head']}>
        <Author />
      </div>
      <Picture image={image} ratio={1.91} />
      <div className={classes['strip']}>
        <div className={classes['domain']}>{domain}</div>
        <div className={classes['lines']}>
          <div className={classes['title']}>{title}</div>
          {description !== null && <div className={classes['about']}>{description}</div>}
        </div>
      </div>
    </div>
  );
}
