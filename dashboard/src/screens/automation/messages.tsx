import { Badge, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Delivery } from '../../api/types.ts';
import { deliveries } from '../../api/webhooks.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';

const words = text.automation.webhooks;

/** The last messages of a webhook, with the result of each. */
export function Messages({ websiteId, id }: { websiteId: number; id: number }) {
  const { data, error } = useQuery(deliveries(websiteId, id));
  if (error) return <ErrorNote error={error} />;
  if (data === undefined) return <Loader size="sm" />;
  if (data.length === 0) return <Text size="sm">{words.noMessages}</Text>;
  return (
    <Stack gap="xs" component="ul" aria-label={words.messages} m={0} p={0} style={{ listStyle: 'none' }}>
      {data.map((one) => (
        <Message key={one.id} message={one} />
      ))}
    </Stack>
  );
}

function Message({ message: { event, createdAt, result, attempts, answer, nextAt } }: { message: Delivery }) {
  const color = result === 'delivered' ? 'teal' : result === 'failed' ? 'red' : 'gray';
  const tries = answer === null ? words.attempts(attempts) : `${words.attempts(attempts)}, ${words.answered(answer)}`;
  return (
    <Group component="li" gap="xs" align="baseline">
      <Badge color={color} variant="light">
        {words[result ?? 'waiting']}
      </Badge>
      <Text size="sm" ff="monospace">
        {event}
      </Text>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        <When at={createdAt} />, {tries}
        {nextAt !== null && (
          <>
            , {words.next} <When at={nextAt} />
          </>
        )}
      </Text>
    </Group>
  );
}
