import { queryOptions } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { Picture, Preview } from './types.ts';

// Each preview is counted and fetches a page, so it is requested only when somebody asks for it.
const byHandOnly = { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, retry: false } as const;

/** Any page, fetched now. */
export const preview = (url: string) =>
  queryOptions({
    queryKey: ['preview', url],
    queryFn: ({ signal }) => json<Preview>(`/api/v1/preview?url=${encodeURIComponent(url)}`, { signal }),
    ...byHandOnly,
  });

/** A picture that was drawn now, with its bytes in its address. */
export interface DrawnPicture extends Omit<Picture, 'hash' | 'type'> {
  readonly type: string;
  readonly src: string;
}

/** The card of any page as one consumer would get it. @param href of the preview. */
export const previewPicture = (href: string, consumer: string) =>
  queryOptions({
    queryKey: ['preview', 'picture', href, consumer],
    queryFn: async ({ signal }): Promise<DrawnPicture> => {
      const path = `${href}&consumer=${encodeURIComponent(consumer)}`;
      const blob = await (await request(path, { signal })).blob();
      const { width, height } = await createImageBitmap(blob);
      return { src: await dataUrl(blob), type: blob.type, size: blob.size, width, height };
    },
    ...byHandOnly,
  });

/** Unlike the address of a blob it needs not be given back. */
function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
