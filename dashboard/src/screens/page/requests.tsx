import { Box, Group, Stack, Text } from '@mantine/core';
import type { PageDetail } from '../../api/types.ts';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { NetworkIcon } from '../../parts/network-icon.tsx';
import { Section } from '../../parts/section.tsx';
import { text } from '../../text/text.ts';

const words = text.page.requests;

/** Who asks for the page's cards, most first. */
export function Requests({ requests }: Pick<PageDetail, 'requests'>) {
  const labelOf = useConsumerLabel();
  const sorted = requests.toSorted((a, b) => b.requests - a.requests);
  const most = sorted[0]?.requests ?? 1;
  const total = sorted.reduce((sum, one) => sum + one.requests, 0);
  return (
    <Section title={words.title} lead={words.lead} folds="where narrow">
      {sorted.length === 0 ? (
        <Text c="dimmed">{words.none}</Text>
      ) : (
        <Stack gap="md">
          {sorted.map(({ consumer, requests: count }) => (
            <Box key={consumer}>
              <Group gap={8} wrap="nowrap" mb={5}>
                <NetworkIcon consumer={consumer} size={16} />
                <Text size="sm" flex={1} truncate>
                  {labelOf(consumer)}
                </Text>
                <Text size="sm" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
                  {count.toLocaleString('en')}
                </Text>
              </Group>
              <Box h={5} bg="var(--mantine-color-default-border)" style={{ borderRadius: 3 }} aria-hidden>
                <Box
                  h={5}
                  w={`${(count / most) * 100}%`}
                  bg="var(--mantine-primary-color-filled)"
                  style={{ borderRadius: 3 }}
                />
              </Box>
            </Box>
          ))}
          <Text size="sm" c="dimmed">
            {words.total(total.toLocaleString('en'))}
          </Text>
        </Stack>
      )}
    </Section>
  );
}
