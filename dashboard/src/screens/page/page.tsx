import { Alert, Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { page } from '../../api/page.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Screen } from '../../parts/screen.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { Loading } from './loading.tsx';
import { OnePage } from './one-page.tsx';

const words = text.page;

/** One page: its state and why, its card as networks show it, what was decided. */
export function Component() {
  const [query] = useSearchParams();
  const target = query.get('target');
  const website = useWebsite();
  if (target !== null) return <Loaded key={`${website.id} ${target}`} target={target} />;
  return (
    <Screen title={words.title}>
      <Alert maw={640}>
        {words.noTarget}{' '}
        <Anchor component={Link} to={`/websites/${website.id}/pages`}>
          {words.toPages}
        </Anchor>
      </Alert>
    </Screen>
  );
}

function Loaded({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(page(useWebsite().id, target));
  if (data) return <OnePage page={data} />;
  return <Screen title={target}>{error ? <ErrorNote error={error} retry={refetch} /> : <Loading />}</Screen>;
}
