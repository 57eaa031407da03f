import type { SharedPage } from '../api/types.ts';
import { text } from '../text/text.ts';
import classes from './gallery.module.css';

const words = text.sharedPreview.page;

/** Why there is no picture. */
export function Trouble({ page: { cards } }: { page: SharedPage }) {
  const isAll = (what: 'gone' | 'failed') => cards.length > 0 && cards.every(({ picture }) => picture === what);
  if (isAll('gone')) return <p className={classes['note']}>{words.gone}</p>;
  if (isAll('failed')) return <p className={classes['note']}>{words.unreadable}</p>;
  return null;
}
