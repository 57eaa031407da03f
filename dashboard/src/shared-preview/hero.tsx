import { IconArrowUpRight } from '@tabler/icons-react';
import { networkFrames } from '../../../server/src/model/networks/network-frames.ts';
import type { SharedPage } from '../api/types.ts';
import { byteSize } from '../parts/byte-size.ts';
import { Picture } from '../screens/page/previews/picture.tsx';
import { text } from '../text/text.ts';
import classes from './hero.module.css';
import { imageOf } from './image-of.ts';

const words = text.sharedPreview.page;
// The one whose picture has the usual shape.
const large = 'facebook';

/** Whose preview this is: the page's words, and its card as large as there is room. */
export function Hero({ page }: { page: SharedPage }) {
  const { host } = new URL(page.url);
  const title = page.document?.title ?? host;
  const description = page.document?.description ?? null;
  const card = page.cards.find(({ consumer }) => consumer === large) ?? page.cards[0];
  const sizes = page.cards.flatMap(({ picture }) => (typeof picture === 'string' ? [] : [picture.size]));
  const chips = [
    words.counts.networks(networkFrames.length),
    ...(card !== undefined && typeof card.picture !== 'string'
      ? [text.page.picture.pixels(card.picture.width, card.picture.height)]
      : []),
    ...(sizes.length > 0 ? [words.counts.heaviest(byteSize(Math.max(...sizes)))] : []),
  ];
  return (
    <section className={classes['hero']}>
      <div className={classes['inner']}>
        <div className={classes['words']}>
          <p className={classes['domain']}>{host.replace(/^www\./, '')}</p>
          <h1>{title}</h1>
          {description !== null && <p className={classes['about']}>{description}</p>}
          <a className={classes['open']} href={page.url} rel="noreferrer noopener" target="_blank">
            {words.open}
            <IconArrowUpRight size={16} stroke={2} aria-hidden />
          </a>
          <ul className={classes['chips']}>
            {chips.map((chip) => (
              <li key={chip}>{chip}</li>
            ))}
          </ul>
        </div>
        {card !== undefined && (
          <div className={classes['card']} role="img" aria-label={words.pictureOf(title)}>
            <div aria-hidden>
              <Picture image={imageOf(page, card)} />
            </div>
          </div>
        )}
      </div>
    </section>
  );
}
