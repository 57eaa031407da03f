import { Alert, SimpleGrid, Skeleton, Stack } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { serviceStatus } from '../../api/service.ts';
import type { ServiceStatus } from '../../api/types.ts';
import { clockTime } from '../../parts/clock-time.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Section } from '../../parts/section.tsx';
import { spanOf } from '../../parts/span-of.ts';
import { text } from '../../text/text.ts';
import { Checks } from './checks.tsx';
import { Concerns } from './concerns.tsx';
import { Errors } from './errors.tsx';
import { columns, Gauges } from './gauges.tsx';
import { Nodes } from './nodes.tsx';
import { Costs } from './website-costs.tsx';

const words = text.service;

/** How the service is now, for its owner: what is wrong first, then numbers, then what it comes from. */
export function Component() {
  const { data, error, refetch } = useQuery(serviceStatus);
  return (
    <Screen title={words.title} lead={data && leadOf(data)} width={1180}>
      {data === undefined ? (
        error ? (
          <ErrorNote error={error} retry={refetch} />
        ) : (
          <Waiting />
        )
      ) : (
        <Stack gap="md">
          {error && (
            <Alert color="red" icon={<IconPlugConnectedX size={18} />} role="alert">
              {words.away(clockTime(data.at))}
            </Alert>
          )}
          <Concerns concerns={data.concerns} />
          <Shown status={data} />
        </Stack>
      )}
    </Screen>
  );
}

function Shown({ status }: { status: ServiceStatus }) {
  const { nodes } = status;
  const own = nodes[0]?.status ?? null;
  const isAlone = nodes.length === 1;
  return (
    <>
      {own !== null && (
        <Section bare title={isAlone ? words.now : words.nowOf(own.name)} lead={words.nowLead}>
          <Gauges status={status} node={own} />
        </Section>
      )}
      {!isAlone && <Nodes nodes={nodes} />}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" style={{ alignItems: 'start' }}>
        <Costs />
        <Errors nodes={nodes} />
      </SimpleGrid>
      <Checks />
    </>
  );
}

function leadOf({ at, nodes }: ServiceStatus): string | undefined {
  const own = nodes[0]?.status;
  if (own === undefined || own === null) return undefined;
  const seconds = (Date.parse(at) - Date.parse(own.startedAt)) / 1000;
  return words.lead(own.version, own.name, spanOf(seconds));
}

function Waiting() {
  return (
    <Stack gap="md">
      <Skeleton h={52} radius="lg" />
      <SimpleGrid cols={columns} spacing="md" aria-hidden>
        {Object.keys(words.tiles).map((name) => (
          <Skeleton key={name} h={132} radius="lg" />
        ))}
      </SimpleGrid>
      <Skeleton h={300} radius="lg" />
    </Stack>
  );
}
