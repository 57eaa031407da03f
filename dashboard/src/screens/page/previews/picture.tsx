import { IconBrush, IconPhotoOff } from '@tabler/icons-react';
import { createContext, useContext, useState } from 'react';
import { text } from '../../../text/text.ts';
import classes from './picture.module.css';
import type { PreviewImage } from './preview.ts';

const words = text.networks;

/** A card is being drawn: pictures that are there stay until the new one is. */
export const IsDrawing = createContext(false);

export interface PictureProps {
  readonly image: PreviewImage;
  /** Width by height of the frame, which crops; null: the picture's own. */
  readonly ratio?: number | null;
  readonly className?: string | undefined;
  /** A thumbnail: no words in it. */
  readonly isSmall?: boolean;
}

// Of the generic frame, 1200 × 630: for what is not there yet.
const usualRatio = 1200 / 630;

/** The picture in a network's frame, or what stands in its place: of the same size, so that nothing jumps. */
export function Picture({ image, ratio, className, isSmall = false }: PictureProps) {
  const isDrawing = useContext(IsDrawing) || image.kind === 'drawing';
  const [broken, setBroken] = useState<string>();
  if (image.kind === 'none') return null;
  const isBroken = image.kind === 'picture' && image.src === broken;
  const shape = ratio ?? (image.kind === 'picture' ? image.width / image.height : usualRatio);
  const names = [classes['box'], isSmall && classes['small'], isDrawing && classes['drawing'], className];
  return (
    <span className={names.filter(Boolean).join(' ')}>
      {/* Gives the shape without a style attribute, which the policy of a shared preview refuses. */}
      <svg className={classes['shape']} viewBox={`0 0 ${shape} 1`} aria-hidden />
      {image.kind === 'picture' && !isBroken ? (
        <img src={image.src} alt="" decoding="async" loading="lazy" onError={() => setBroken(image.src)} />
      ) : (
        <span className={classes['none']}>
          {isBroken || image.kind === 'failed' || image.kind === 'gone' ? (
            <IconPhotoOff size={22} />
          ) : (
            <IconBrush size={22} />
          )}
          <span>{isDrawing ? words.drawing : image.kind === 'picture' ? words.noPicture : words[image.kind]}</span>
        </span>
      )}
    </span>
  );
}
