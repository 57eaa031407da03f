import { Badge, Group, Text } from '@mantine/core';
import type { ServiceNode } from '../../api/types.ts';
import { byteSize } from '../../parts/byte-size.ts';
import { Line, Lines } from '../../parts/lines.tsx';
import { Section } from '../../parts/section.tsx';
import { spanOf } from '../../parts/span-of.ts';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';

const words = text.service;

/** Every node of the service; one alone is what the rest of the screen is about. */
export function Nodes({ nodes }: { nodes: readonly ServiceNode[] }) {
  return (
    <Section title={words.nodes} lead={words.nodesLead}>
      <Lines label={words.nodes}>
        {nodes.map((node) => (
          <NodeLine key={node.id} node={node} />
        ))}
      </Lines>
    </Section>
  );
}

function NodeLine({ node: { isThis, at, alive, status } }: { node: ServiceNode }) {
  return (
    <Line>
      <Group gap="xs">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {status?.name ?? words.otherVersion}
        </Text>
        {isThis && (
          <Text size="sm" c="dimmed">
            {words.thisNode}
          </Text>
        )}
        <Badge variant="dot" color={alive ? 'teal' : 'red'}>
          {alive ? words.alive : words.silent}
        </Badge>
      </Group>
      {status !== null && <Figures status={status} at={at} />}
      {!alive && (
        <Text size="sm" c="dimmed">
          {words.silentSince} <When at={at} />
        </Text>
      )}
    </Line>
  );
}

function Figures({ status, at }: { status: NonNullable<ServiceNode['status']>; at: string }) {
  const { drawing, memory, disk, version, startedAt } = status;
  const used = memory.service + memory.workers + (drawing.browser.memory ?? 0);
  const free = disk === null ? words.unreadable : byteSize(disk.free);
  const seconds = (Date.parse(at) - Date.parse(startedAt)) / 1000;
  return (
    <Text size="sm" c="dimmed">
      {words.nodeFigures(words.busy(drawing.drawing, drawing.places), drawing.waiting, byteSize(used), free)} ·{' '}
      {words.version(version)}, {spanOf(seconds)}
    </Text>
  );
}
