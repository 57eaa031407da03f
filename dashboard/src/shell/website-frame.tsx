import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useOutletContext, useParams } from 'react-router';
import type { Website } from '../api/types.ts';
import { website } from '../api/websites.ts';
import { ErrorNote } from '../parts/error-note.tsx';

/** The screens of one website: they get it with `useWebsite`. */
export function WebsiteFrame() {
  const { data, error, refetch } = useQuery(website(Number(useParams()['websiteId'])));
  if (data) return <Outlet context={data} />;
  return error ? <ErrorNote error={error} retry={refetch} /> : <Loader />;
}

export function useWebsite(): Website {
  return useOutletContext<Website>();
}
