import { IconWorld } from '@tabler/icons-react';
import classes from './bluesky.module.css';
import { Picture } from './picture.tsx';
import { Author } from './post.tsx';
import type { Preview } from './preview.ts';

/** Bluesky: 1.91:1, three lines of title, two of description, the domain under a line (its app: `ExternalEmbed`). */
export function Bluesky({ preview: { title, description, domain, image } }: { preview: Preview }) {
  return (
    <div className={classes['post']}>
      <Author />
      <div className={classes['card']}>
        <Picture image={image} ratio={1.91} className={classes['picture']} />
        <div className={classes['text']}>
          <div className={classes['title']}>{title}</div>
          {description !== null && <div className={classes['about']}>{description}</div>}
        </div>
        <div className={classes['domain']}>
          <IconWorld size={13} />
          <span>{domain}</span>
        </div>
      </div>
    </div>
  );
}
