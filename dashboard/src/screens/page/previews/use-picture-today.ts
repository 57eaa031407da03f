import { useEffect, useState } from 'react';
import type { PageDetail } from '../../../api/types.ts';
import type { PreviewImage } from './preview.ts';

/** The result of loading a picture's address. */
type Loaded = { readonly src: string; readonly size: { readonly width: number; readonly height: number } | null };

/**
 * The picture that networks show of a page today, in its own size; null where that is the page's own card. `none` too
 * where the page names an address that gives no picture: networks leave it out then.
 */
export function usePictureToday(document: PageDetail['document']): PreviewImage | null {
  const named = document?.image?.kind === 'other' ? document.image.url : null;
  const src = named === null ? null : `/api/v1/named-picture?url=${encodeURIComponent(named)}`;
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    if (src === null) return;
    const image = new Image();
    image.onload = () => setLoaded({ src, size: { width: image.naturalWidth, height: image.naturalHeight } });
    image.onerror = () => setLoaded({ src, size: null });
    image.src = src;
    return () => {
      image.onload = null;
      image.onerror = null;
    };
  }, [src]);
  if (document === null || document.image?.kind === 'own') return null;
  if (src === null) return { kind: 'none' };
  if (loaded?.src !== src) return { kind: 'loading' };
  return loaded.size === null ? { kind: 'none' } : { kind: 'picture', src, ...loaded.size };
}
