import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { goesOn, warmups } from '../../api/warmups.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Lines } from '../../parts/lines.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { WarmupForm } from './warmup-form.tsx';
import { WarmupLine } from './warmup-line.tsx';

const words = text.warmUp;

/** Warm-ups of a website: start one, and see how far they are. */
export function Component() {
  const { id, role } = useWebsite();
  const { data, error, refetch } = useQuery(warmups(id));
  const mayChange = role !== 'viewer';
  const isRunning = data?.some(goesOn) ?? false;
  return (
    <Screen title={words.title} lead={words.lead} width={860}>
      {mayChange ? (
        <Section title={words.new}>
          {isRunning ? <Text c="dimmed">{words.running}</Text> : <WarmupForm websiteId={id} />}
        </Section>
      ) : (
        <Text c="dimmed">{words.notForViewers}</Text>
      )}
      {error ? (
        <ErrorNote error={error} retry={refetch} />
      ) : (
        <Section title={words.last}>
          {data === undefined ? (
            <SkeletonLines count={2} />
          ) : data.length === 0 ? (
            <Text c="dimmed">{words.none}</Text>
          ) : (
            <Lines label={words.last}>
              {data.map((one) => (
                <WarmupLine key={one.id} websiteId={id} warmup={one} mayChange={mayChange} isOtherRunning={isRunning} />
              ))}
            </Lines>
          )}
        </Section>
      )}
    </Screen>
  );
}
