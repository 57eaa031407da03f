import { useQuery } from '@tanstack/react-query';
import { consumers } from '../api/consumers.ts';
import { text } from '../text/text.ts';

/** Gives consumers the names that people know them by. */
export function useConsumerLabel(): (name: string) => string {
  const { data = [] } = useQuery(consumers);
  return (name) => data.find((one) => one.name === name)?.label ?? (name === 'generic' ? text.page.generic : name);
}
