import type { SharedCard } from '../api/types.ts';
import { byteSize } from '../parts/byte-size.ts';
import { NetworkIcon } from '../parts/network-icon.tsx';
import { formatOf } from '../screens/page/previews/format-of.ts';
import { text } from '../text/text.ts';
import classes from './details.module.css';

const words = text.sharedPreview.page;

/** Each network's picture, its pixels and bytes, beside what the network takes. */
export function Weights({ cards }: { cards: readonly SharedCard[] }) {
  return (
    <section className={classes['panel']} aria-labelledby="weights">
      <h2 id="weights">{words.weights}</h2>
      <p>{words.weightsLead}</p>
      <table className={classes['weights']}>
        <thead>
          <tr>
            <th scope="col">{words.network}</th>
            <th scope="col">{words.weight}</th>
          </tr>
        </thead>
        <tbody>
          {cards.map((card) => (
            <tr key={card.consumer}>
              <th scope="row">
                <NetworkIcon consumer={card.consumer} size={17} />
                {card.label}
              </th>
              <td>
                <Weight card={card} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Weight({ card: { picture, limits } }: { card: SharedCard }) {
  const [aim, max] = [byteSize(limits.soft), byteSize(limits.max)];
  if (typeof picture === 'string') {
    const why = { waiting: words.unknown, failed: text.networks.failed, gone: text.networks.gone }[picture];
    return (
      <>
        <span>{why}</span>
        <small>{words.limits(aim, max)}</small>
      </>
    );
  }
  return (
    <>
      <span className={classes['weight']}>
        <b>{byteSize(picture.size)}</b>
        <Meter size={picture.size} limits={limits} />
      </span>
      <small>
        {formatOf(picture)}. {words.limits(aim, max)}
      </small>
    </>
  );
}

/** The left half of the bar is what to aim for, the right half what the network still takes. */
function Meter({ size, limits: { soft, max } }: { readonly size: number; readonly limits: SharedCard['limits'] }) {
  const part = size <= soft ? (size / soft) * 50 : 50 + ((size - soft) / Math.max(1, max - soft)) * 50;
  const state = size > max ? 'over' : size > soft ? 'heavy' : 'fits';
  return (
    <svg className={classes['meter']} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden>
      <rect className={classes['track']} y="2" width="100" height="6" rx="1.5" />
      <rect className={classes[state]} y="2" width={Math.min(100, Math.max(3, part)).toFixed(1)} height="6" rx="1.5" />
      <rect className={classes['mark']} x="49.7" width="0.6" height="10" />
    </svg>
  );
}
