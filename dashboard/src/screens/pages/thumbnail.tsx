import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import type { PageRow } from '../../api/types.ts';
import classes from './pages.module.css';

/** The card in small; its place is there before it is. For the eye alone: the path stands beside it. */
export function Thumbnail({ picture }: { picture: PageRow['picture'] }) {
  const [broken, setBroken] = useState<string>();
  const src = picture?.thumbnail;
  return (
    <div className={classes['thumbnail']}>
      {src === undefined || src === broken ? (
        <IconPhoto size={18} stroke={1.5} />
      ) : (
        <img src={src} alt="" loading="lazy" decoding="async" onError={() => setBroken(src)} />
      )}
    </div>
  );
}
