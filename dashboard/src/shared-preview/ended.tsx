import { text } from '../text/text.ts';
import classes from './page.module.css';

const words = text.sharedPreview.page.ended;

/** In the place of a preview that was revoked or is over. */
export function Ended() {
  return (
    <main className={classes['ended']}>
      <img src="/icon.svg" alt="" width={56} height={56} />
      <h1>{words.title}</h1>
      <p>{words.why}</p>
    </main>
  );
}
