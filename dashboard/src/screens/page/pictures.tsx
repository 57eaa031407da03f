import { Anchor, Badge, Box, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { consumers } from '../../api/consumers.ts';
import type { Card } from '../../api/types.ts';
import { clockTime } from '../../parts/clock-time.ts';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { NetworkIcon } from '../../parts/network-icon.tsx';
import { Section } from '../../parts/section.tsx';
import { WeightMeter } from '../../parts/weight-meter.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import { type Kept, keptPictures } from './kept-picture.ts';
import { formatOf } from './previews/format-of.ts';

const words = text.page.picture;

/** Every picture that is kept: for whom, how large, how heavy against what that network takes. */
export function Pictures({ cards }: { cards: readonly Card[] }) {
  const kept = keptPictures(cards);
  return (
    <Section title={words.title} lead={words.lead} folds="everywhere">
      {kept.length === 0 ? (
        <Text c="dimmed">{words.none}</Text>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2, lg: 3 }} spacing="lg" verticalSpacing="lg">
          {kept.map((one) => (
            <OnePicture key={`${one.card.consumer} ${one.card.variant}`} kept={one} />
          ))}
        </SimpleGrid>
      )}
    </Section>
  );
}

function OnePicture({ kept: { card, picture, href } }: { kept: Kept }) {
  const labelOf = useConsumerLabel();
  const { data = [] } = useQuery(consumers);
  const limits = data.find(({ name }) => name === card.consumer);
  const isFresh = card.state === 'fresh';
  return (
    <Group gap="md" wrap="nowrap" align="flex-start">
      <Anchor href={href} target="_blank" rel="noreferrer" aria-label={`${words.of} ${labelOf(card.consumer)}`}>
        <Box
          component="img"
          src={href}
          alt=""
          display="block"
          w={112}
          h={64}
          style={{
            objectFit: 'contain',
            background: 'var(--mantine-color-default-hover)',
            borderRadius: 8,
            border: '1px solid var(--mantine-color-default-border)',
          }}
        />
      </Anchor>
      <Stack gap={3} miw={0}>
        <Group gap={7} wrap="nowrap">
          <NetworkIcon consumer={card.consumer} size={16} />
          <Text size="sm" fw={600} truncate>
            {labelOf(card.consumer)}
          </Text>
          {card.variant !== '' && (
            <Badge size="xs" variant="default" tt="none">
              {words.variant(card.variant)}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {formatOf(picture)}
        </Text>
        {limits && <WeightMeter size={picture.size} limits={limits} />}
        <Text size="xs" c="dimmed">
          {isFresh ? words.freshUntil(clockTime(card.freshUntil)) : words.stale}
          {card.drawnAt !== null && (
            <>
              {' · '}
              {words.drawn} <When at={card.drawnAt} />
            </>
          )}
        </Text>
      </Stack>
    </Group>
  );
}
