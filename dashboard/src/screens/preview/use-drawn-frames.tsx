import type { NetworkFrame } from '../../../../server/src/model/networks/network-frames.ts';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { text } from '../../text/text.ts';
import type { Shown } from '../page/previews/gallery.tsx';
import { Note } from '../page/previews/note.tsx';
import { useDrawnPictures } from './use-drawn-pictures.ts';

const words = text.networks;

export interface DrawnFrames {
  readonly shown: (frame: NetworkFrame) => Shown;
  /** Why there is no card at all, and another try. */
  readonly failed: { readonly error: Error; readonly retry: () => void } | null;
}

/** The cards of a previewed page, drawn now, for the frames of networks. @param href of the preview. */
export function useDrawnFrames(href: string): DrawnFrames {
  const drawn = useDrawnPictures(href);
  const labelOf = useConsumerLabel();
  const generic = drawn.of('generic');

  const shown = ({ name, label, consumer }: NetworkFrame): Shown => {
    const whose = labelOf(consumer);
    const own = drawn.of(consumer);
    const one = own?.picture ? own : (generic ?? own);
    const isBusy = own?.isLoading ?? false;
    const ask = () => drawn.ask(consumer);
    const note = own?.picture ? (
      <Note
        consumer={consumer}
        label={whose}
        says={name === consumer ? words.own(label) : words.asksAs(label, whose)}
        picture={own.picture}
      />
    ) : one?.picture ? (
      <Note
        consumer={consumer}
        label={whose}
        says={own?.error ? own.error.message : words.borrowedGeneric}
        drawOwn={ask}
        isBusy={isBusy}
      />
    ) : (
      // It has the height of the text that follows, so that nothing moves.
      <Note consumer={consumer} label={whose} says={one?.error ? words.failed : words.drawing} />
    );
    if (one?.picture) return { image: { kind: 'picture', ...one.picture }, note };
    return { image: { kind: one?.error ? 'failed' : 'drawing' }, note };
  };

  const failed = generic?.error ? { error: generic.error, retry: () => drawn.ask('generic') } : null;
  return { shown, failed };
}
