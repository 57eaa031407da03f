import { Anchor, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { warmup } from '../../api/warmups.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { text } from '../../text/text.ts';

const words = text.warmUp;
const mostShown = 100;

/** Pages that failed or may not be kept, and why. */
export function Remarks({ websiteId, id }: { websiteId: number; id: number }) {
  const { data, error } = useQuery(warmup(websiteId, id));
  if (error) return <ErrorNote error={error} />;
  if (data === undefined) return <Loader size="sm" />;
  if (data.remarks.length === 0) return <Text size="sm">{words.noRemarks}</Text>;
  return (
    <Stack gap={4} component="ul" aria-label={words.remarks} m={0} p={0} style={{ listStyle: 'none' }}>
      {data.remarks.map(({ target, why }) => (
        <li key={target}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <Anchor component={Link} to={`/websites/${websiteId}/page?target=${encodeURIComponent(target)}`} inherit>
              {target}
            </Anchor>{' '}
            {why}
          </Text>
        </li>
      ))}
      {data.remarks.length === mostShown && (
        <Text component="li" size="sm" c="dimmed">
          {words.more}
        </Text>
      )}
    </Stack>
  );
}
