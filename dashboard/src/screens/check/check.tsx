import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { check } from '../../api/check.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Screen } from '../../parts/screen.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { CheckForm } from './check-form.tsx';
import { Checked } from './checked.tsx';
import { Looking } from './looking.tsx';

const words = text.check;

/** Checks one page of the website, which the address of the screen names. */
export function Component() {
  const website = useWebsite();
  const [query, setQuery] = useSearchParams();
  const target = query.get('target') ?? '/';
  const { data, error, isFetching, refetch } = useQuery(check(website.id, target));
  const client = useQueryClient();
  const look = (wanted: string) => {
    if (wanted === target) void client.invalidateQueries({ queryKey: check(website.id, target).queryKey });
    else setQuery({ target: wanted });
  };
  return (
    <Screen title={words.title} lead={words.lead}>
      <CheckForm origin={website.origin} target={target} isLooking={isFetching} look={look} />
      <div aria-live="polite" aria-busy={isFetching}>
        {error && !isFetching ? (
          <ErrorNote error={error} retry={refetch} />
        ) : data ? (
          <Checked checked={data} target={target} websiteId={website.id} />
        ) : (
          <Looking />
        )}
      </div>
    </Screen>
  );
}
