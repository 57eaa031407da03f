import type { SharedPage } from '../api/types.ts';
import { networks } from '../screens/page/previews/networks.ts';
import type { PreviewImage } from '../screens/page/previews/preview.ts';
import { whyToday } from '../screens/page/previews/why-today.ts';
import { text } from '../text/text.ts';
import { Choice } from './choice.tsx';
import { Frame } from './frame.tsx';
import classes from './gallery.module.css';
import { imageOf, pictureToday } from './image-of.ts';
import { Trouble } from './trouble.tsx';

const words = text.sharedPreview.page;

/** The page in the frame of each network: as it is today, and where that is not its card, as it will be with the tag. */
export function Gallery({ page }: { page: SharedPage }) {
  const today = pictureToday(page);
  return (
    <section className={classes['section']} aria-labelledby="networks">
      <div className={classes['head']}>
        <div>
          <h2 id="networks">{words.networks}</h2>
          <p>{words.networksLead}</p>
        </div>
        {today !== null && (
          <Choice
            legend={text.networks.moment}
            name="moment"
            options={[
              { id: 'moment-today', label: text.networks.today },
              { id: 'moment-tagged', label: text.networks.tagged },
            ]}
          />
        )}
      </div>
      <Trouble page={page} />
      {today !== null && (
        <div className={classes['today']}>
          <p className={classes['note']}>{whyToday(page.document, today)}</p>
          <Frames page={page} today={today} />
        </div>
      )}
      <div className={today === null ? undefined : classes['tagged']}>
        <Frames page={page} isTagged={today !== null} />
      </div>
    </section>
  );
}

interface FramesProps {
  readonly page: SharedPage;
  /** In the place of the cards. */
  readonly today?: PreviewImage;
  /** As if the page had its tags. */
  readonly isTagged?: boolean;
}

function Frames({ page, today, isTagged = false }: FramesProps) {
  return (
    <div className={classes['frames']}>
      {networks.map(({ frame, Preview }) => {
        const card = page.cards.find(({ consumer }) => consumer === frame.consumer);
        const image = today ?? (card === undefined ? ({ kind: 'none' } as const) : imageOf(page, card));
        return <Frame key={frame.name} frame={frame} Preview={Preview} page={page} image={image} isTagged={isTagged} />;
      })}
    </div>
  );
}
