import { Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNote } from './error-note.tsx';
import { SkeletonLines } from './skeleton-lines.tsx';

export interface ListOfProps<One> {
  readonly query: Pick<UseQueryResult<readonly One[]>, 'data' | 'error' | 'refetch'>;
  /** As many lines stand in its place while it is on its way. */
  readonly lines: number;
  /** Said where there is none. */
  readonly none: string;
  readonly children: (all: readonly One[]) => ReactNode;
}

/** A list that is asked for: why it is not there, its place while it is on its way, that it is empty, or itself. */
export function ListOf<One>({ query: { data, error, refetch }, lines, none, children }: ListOfProps<One>) {
  if (error) return <ErrorNote error={error} retry={refetch} />;
  if (data === undefined) return <SkeletonLines count={lines} />;
  return data.length === 0 ? <Text c="dimmed">{none}</Text> : children(data);
}
