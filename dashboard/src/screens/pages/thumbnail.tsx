import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import type { PageRow } from '../../api/types.ts';
import { thumbnailOf } from '../../parts/thumbnail-of.ts';
import classes from './pages.module.css';

// As wide as it is shown on a screen of two and a half pixels a CSS pixel.
const width = 240;

/** The card in small; its place is there before it is. For the eye alone: the path stands beside it. */
export function Thumbnail({ picture }: { picture: PageRow['picture'] }) {
  const [broken, setBroken] = useState<string>();
  const src = picture && thumbnailOf(picture.href, width);
  return (
    <div className={classes['thumbnail']}>
      {src === null || src === broken ? (
        <IconPhoto size={18} stroke={1.5} />
      ) : (
        <img src={src} alt="" loading="lazy" decoding="async" onError={() => setBroken(src)} />
      )}
    </div>
  );
}
