import type { SharedPage } from '../api/types.ts';
import { text } from '../text/text.ts';
import { Gallery } from './gallery.tsx';
import { Hero } from './hero.tsx';
import classes from './page.module.css';
import { SchemeSwitch } from './scheme-switch.tsx';
import { Tags } from './tags.tsx';
import { Weights } from './weights.tsx';

const words = text.sharedPreview.page;
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** A page as every network shows it, for anybody who has the link. */
export function Page({ page }: { page: SharedPage }) {
  return (
    <>
      <header className={classes['top']}>
        <span className={classes['brand']}>
          <img src="/icon.svg" alt="" width={24} height={24} />
          {text.product}
          <span className={classes['kind']}>{words.kind}</span>
        </span>
        <SchemeSwitch />
      </header>
      <main>
        <Hero page={page} />
        <Gallery page={page} />
        <div className={classes['details']}>
          <Weights cards={page.cards} />
          <Tags document={page.document} />
        </div>
      </main>
      <footer className={classes['footer']}>
        <p>
          {words.ends} <time dateTime={page.expiresAt}>{moments.format(new Date(page.expiresAt))} UTC</time>.
        </p>
        <p>{words.made}</p>
      </footer>
    </>
  );
}
