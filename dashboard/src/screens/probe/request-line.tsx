import { Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { ProbeRequest } from '../../api/types.ts';
import { byteSize } from '../../parts/byte-size.ts';
import { ConsumerName } from '../../parts/consumer-name.tsx';
import { CopyField } from '../../parts/copy-field.tsx';
import { Line } from '../../parts/lines.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';

const words = text.probe;

/** One request: who asked for what, what was answered, and how to repeat it. */
export function RequestLine({ request }: { request: ProbeRequest }) {
  const [isOpen, setOpen] = useState(false);
  const { consumer, method, what, at, userAgent, status, type, size, headers, curl } = request;
  return (
    <Line>
      <Group gap="xs">
        <Text component="span" fw={600}>
          <ConsumerName name={consumer} />
        </Text>
        <Text component="span" size="sm">
          {words.line(method, words.what[what])}
        </Text>
        <Text component="span" size="sm" c="dimmed">
          <When at={at} />
        </Text>
      </Group>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {userAgent}
      </Text>
      <Text size="sm">{words.answer(status, type, byteSize(size))}</Text>
      <Button variant="subtle" size="compact-sm" px={0} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? words.hide : words.details}
      </Button>
      {isOpen && (
        <>
          <Table aria-label={words.headers} fz="xs" ff="monospace" layout="fixed">
            <Table.Tbody>
              {headers.map(({ name, value }, nth) => (
                <Table.Tr key={nth}>
                  <Table.Th w="35%">{name}</Table.Th>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <CopyField label={words.curl} value={curl} />
        </>
      )}
    </Line>
  );
}
