import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { AuditActor, AuditLog, AuditSubject } from './types.ts';

/** Which entries are listed. */
export interface AuditFilter {
  /** What was changed; null for everything. */
  readonly subject: AuditSubject | null;
  /** The id of who changed it; null for everybody. */
  readonly actor: string | null;
}

const path = (websiteId: number) => `/api/v1/websites/${websiteId}/audit-log`;

/** Who changed what of a website, fifty at a time; those of the filter before are shown until they are there. */
export const auditLog = (websiteId: number, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['websites', websiteId, 'audit-log', filter],
    queryFn: ({ pageParam, signal }) => json<AuditLog>(`${path(websiteId)}?${queryOf(filter, pageParam)}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    // People often open it after a change.
    refetchOnMount: 'always',
    select: ({ pages }) => pages.flatMap(({ entries }) => entries),
  });

/** Who is in the log of a website. */
export const auditActors = (websiteId: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'audit-log', 'actors'],
    queryFn: ({ signal }) =>
      json<{ actors: AuditActor[] }>(`${path(websiteId)}/actors`, { signal }).then(({ actors }) => actors),
    refetchOnMount: 'always',
  });

function queryOf({ subject, actor }: AuditFilter, cursor: string | null): string {
  return new URLSearchParams({
    ...(subject === null ? {} : { action: subject }),
    ...(actor === null ? {} : { actor }),
    ...(cursor === null ? {} : { cursor }),
  }).toString();
}
