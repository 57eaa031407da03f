import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { preview } from '../../api/preview.ts';
import { Screen } from '../../parts/screen.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { Loading } from '../page/loading.tsx';
import { WhatToDo } from '../preview/what-to-do.tsx';
import { Build } from './build.tsx';

const words = text.builder;

/** The tags of a page, written by hand; which one stands in the screen's address. */
export function Component() {
  const { id, origin } = useWebsite();
  const [query] = useSearchParams();
  const target = query.get('target') ?? '/';
  const url = origin + target;
  const { data, error, refetch } = useQuery(preview(url));
  const back = { to: `/websites/${id}/check?target=${encodeURIComponent(target)}`, label: text.check.title };
  return (
    <Screen title={words.title} lead={words.lead(target)} back={back}>
      {error ? (
        <WhatToDo error={error} retry={refetch} />
      ) : data ? (
        <Build key={data.url} looked={data} target={target} />
      ) : (
        <Loading />
      )}
    </Screen>
  );
}
