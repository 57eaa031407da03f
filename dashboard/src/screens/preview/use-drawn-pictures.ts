import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { networkFrames } from '../../../../server/src/model/networks/network-frames.ts';
import { consumers } from '../../api/consumers.ts';
import { type DrawnPicture, previewPicture } from '../../api/preview.ts';

export interface Drawn {
  readonly picture: DrawnPicture | undefined;
  readonly error: Error | null;
  readonly isLoading: boolean;
}

// What is cut by a few pixels looks the same.
const sameShape = (a: number, b: number) => Math.abs(a - b) < 0.02;

/**
 * The pictures of a page that are drawn for a look. Looks are counted, so one picture serves all whose frame has the same
 * shape; those with another shape get theirs after it, and the rest their own when it is asked for.
 */
export function useDrawnPictures(href: string) {
  const { data: frames = [] } = useQuery(consumers);
  const [asked, setAsked] = useState<readonly string[]>([]);
  const shapeOf = (name: string) => {
    const frame = frames.find((one) => one.name === name);
    return frame && frame.width / frame.height;
  };
  const generic = useQuery(previewPicture(href, 'generic'));
  const usual = shapeOf('generic');
  const unusual = networkFrames
    .map(({ consumer }): string => consumer)
    .filter((name) => {
      const shape = shapeOf(name);
      return usual !== undefined && shape !== undefined && !sameShape(shape, usual);
    });
  const names = [...new Set([...(generic.data ? unusual : []), ...asked])];
  const own = useQueries({ queries: names.map((name) => previewPicture(href, name)) });
  const of = (name: string): Drawn | undefined => {
    const query = name === 'generic' ? generic : own[names.indexOf(name)];
    return query && { picture: query.data, error: query.error, isLoading: query.isFetching };
  };
  return {
    of,
    ask: (name: string) => {
      if (name === 'generic' || names.includes(name))
        void (name === 'generic' ? generic : own[names.indexOf(name)])?.refetch();
      else setAsked([...asked, name]);
    },
  };
}
