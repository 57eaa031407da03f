import { Badge, Group, Text } from '@mantine/core';
import type { ServiceError, ServiceNode } from '../../api/types.ts';
import { Line, Lines } from '../../parts/lines.tsx';
import { Section } from '../../parts/section.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';

const words = text.service;
const mostShown = 20;

type NodeError = ServiceError & { readonly node: string };

/** What the logs of all nodes say lately, without repeats. */
export function Errors({ nodes }: { nodes: readonly ServiceNode[] }) {
  const isAlone = nodes.length === 1;
  const errors = nodes
    .flatMap(({ status }) => (status?.errors ?? []).map((error): NodeError => ({ ...error, node: status?.name ?? '' })))
    .sort((a, b) => b.lastAt.localeCompare(a.lastAt))
    .slice(0, mostShown);
  return (
    <Section title={words.errors} lead={words.errorsLead}>
      {errors.length === 0 ? (
        <Text c="dimmed">{words.noErrors}</Text>
      ) : (
        <Lines label={words.errors}>
          {errors.map((error) => (
            <ErrorLine
              key={`${error.node} ${error.level} ${error.says} ${error.why} ${error.firstAt}`}
              error={error}
              node={isAlone ? null : error.node}
            />
          ))}
        </Lines>
      )}
    </Section>
  );
}

function ErrorLine({ error: { level, says, why, count, lastAt }, node }: { error: NodeError; node: string | null }) {
  return (
    <Line>
      <Group gap="xs" justify="space-between" align="baseline">
        <Group gap="xs" align="baseline">
          <Badge variant="dot" color={level === 'error' ? 'red' : 'yellow'}>
            {words.errorLevels[level]}
          </Badge>
          {count > 1 && (
            <Text size="sm" fw={550}>
              {words.times(count)}
            </Text>
          )}
          {node !== null && (
            <Text size="sm" c="dimmed">
              {words.on(node)}
            </Text>
          )}
        </Group>
        <When at={lastAt} size="sm" c="dimmed" />
      </Group>
      <Text size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
        {says}
      </Text>
      {why !== null && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {why}
        </Text>
      )}
    </Line>
  );
}
