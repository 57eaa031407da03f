import { Group, Text, VisuallyHidden } from '@mantine/core';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { NetworkIcon } from '../../parts/network-icon.tsx';
import { text } from '../../text/text.ts';

const words = text.pages;
const most = 4;

export interface WhoAsksProps {
  readonly consumers: readonly string[];
  /** The network that got no card last. */
  readonly failedFor: string | null;
}

/** The networks that cards are kept for: the first few by their signs, all by name for who points or listens. */
export function WhoAsks({ consumers, failedFor }: WhoAsksProps) {
  const labelOf = useConsumerLabel();
  if (consumers.length === 0 && failedFor !== null) {
    const says = words.failedFor(labelOf(failedFor));
    return (
      <Group gap={6} wrap="nowrap" title={says}>
        <NetworkIcon consumer={failedFor} size={17} />
        <Text component="span" size="sm" truncate>
          {labelOf(failedFor)}
        </Text>
        <VisuallyHidden>{words.gotNone}</VisuallyHidden>
      </Group>
    );
  }
  if (consumers.length === 0) {
    return (
      <Text component="span" size="sm" c="dimmed">
        {words.noCard}
      </Text>
    );
  }
  // Where one would be left over, it is shown in place of its number.
  const shown = consumers.length === most + 1 ? consumers : consumers.slice(0, most);
  const says = words.askedBy(consumers.map(labelOf));
  return (
    <Group gap={6} wrap="nowrap" title={says}>
      <VisuallyHidden>{says}</VisuallyHidden>
      {shown.map((name) => (
        <NetworkIcon key={name} consumer={name} size={17} />
      ))}
      {consumers.length > shown.length && (
        <Text component="span" size="xs" c="dimmed" aria-hidden>
          {words.more(consumers.length - shown.length)}
        </Text>
      )}
    </Group>
  );
}
