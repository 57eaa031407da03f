import { shownText } from '../../../server/src/model/networks/shown-text.ts';
import type { SharedPage } from '../api/types.ts';
import { byteSize } from '../parts/byte-size.ts';
import { NetworkIcon } from '../parts/network-icon.tsx';
import type { Network } from '../screens/page/previews/networks.ts';
import { fitting, type PreviewImage } from '../screens/page/previews/preview.ts';
import { text } from '../text/text.ts';
import classes from './gallery.module.css';

export interface FrameProps extends Network {
  readonly page: SharedPage;
  readonly image: PreviewImage;
  /** As if the page had its tags: `twitter:card` comes with them. */
  readonly isTagged: boolean;
}

/** One network's frame with its name; said in one sentence to who does not see it, since it is a picture of a screen. */
export function Frame({ frame, Preview, page, image, isTagged }: FrameProps) {
  const { name, label, consumer } = frame;
  const said = shownText(page.url, page.document?.tags ?? null, frame);
  const picture = page.cards.find((one) => one.consumer === consumer)?.picture;
  const preview = { ...said, isLarge: said.isLarge || isTagged, image: fitting(image, frame) };
  return (
    <figure>
      <figcaption>
        <NetworkIcon consumer={name} />
        <b>{label}</b>
        {picture !== undefined && typeof picture !== 'string' && <span>{byteSize(picture.size)}</span>}
      </figcaption>
      <div
        className={classes['stage']}
        role="img"
        aria-label={text.networks.described(label, said.title, said.domain, said.description)}
      >
        <div aria-hidden>
          <Preview preview={preview} frame={frame} />
        </div>
      </div>
    </figure>
  );
}
