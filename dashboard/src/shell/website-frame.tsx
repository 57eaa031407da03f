import { Anchor, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useOutletContext, useParams } from 'react-router';
import { ApiError } from '../api/request.ts';
import type { Website } from '../api/types.ts';
import { website } from '../api/websites.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { Screen } from '../parts/screen.tsx';
import { text } from '../text/text.ts';

/** The screens of one website: they get it with `useWebsite`. */
export function WebsiteFrame() {
  const { data, error, refetch } = useQuery(website(Number(useParams()['websiteId'])));
  if (data) return <Outlet context={data} />;
  if (error instanceof ApiError && (error.status === 404 || error.status === 400)) {
    return (
      <Screen title={text.errors.noWebsite} width={640}>
        <Text role="alert">{text.errors.noWebsiteWhy}</Text>
        <Anchor component={Link} to="/">
          {text.errors.back}
        </Anchor>
      </Screen>
    );
  }
  return error ? <ErrorNote error={error} retry={refetch} /> : <Loader />;
}

export function useWebsite(): Website {
  return useOutletContext<Website>();
}
