import { CutText } from '../cut-text.tsx';
import { Picture } from '../picture.tsx';
import { Author } from '../post.tsx';
import type { PreviewProps } from '../preview.ts';
import classes from './threads.module.css';

/** Threads: the picture, and below it on grey the domain and the title; no description. */
export function Threads({ preview: { title, domain, image }, frame }: PreviewProps) {
  return (
    <div className={classes['post']}>
      <Author />
      <div className={classes['card']}>
        <Picture image={image} ratio={frame.picture.ratio} />
        <div className={classes['text']}>
          <div className={classes['domain']}>{domain}</div>
          <CutText cut={frame.title} className={classes['title']}>
            {title}
          </CutText>
        </div>
      </div>
    </div>
  );
}
