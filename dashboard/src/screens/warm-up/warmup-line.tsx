import { Badge, Button, Group, Progress, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Warmup } from '../../api/types.ts';
import { resumeWarmup, stopWarmup, warmups } from '../../api/warmups.ts';
import { Line } from '../../parts/lines.tsx';
import { say, sayError } from '../../parts/say.ts';
import { spanOf } from '../../parts/span-of.ts';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import { Remarks } from './remarks.tsx';

const words = text.warmUp;
const colours = { waiting: 'gray', reading: 'blue', drawing: 'blue', done: 'teal', stopped: 'gray', failed: 'red' };

export interface WarmupLineProps {
  readonly websiteId: number;
  readonly warmup: Warmup;
  readonly mayChange: boolean;
  readonly isOtherRunning: boolean;
}

/** One warm-up: how far it is, and what can be done with it. */
export function WarmupLine({ websiteId, warmup, mayChange, isOtherRunning }: WarmupLineProps) {
  const [isOpen, setOpen] = useState(false);
  const client = useQueryClient();
  const look = () => client.invalidateQueries({ queryKey: warmups(websiteId).queryKey });
  const stopping = useMutation({
    mutationFn: () => stopWarmup(websiteId, warmup.id),
    onSuccess: () => {
      say(words.stopped);
      return look();
    },
    onError: sayError,
  });
  const resuming = useMutation({
    mutationFn: () => resumeWarmup(websiteId, warmup.id),
    onSuccess: look,
    onError: sayError,
  });
  const { id, state, pages, note, endedAt, createdAt, sitemap, namedPages } = warmup;
  const isResumable = (state === 'stopped' || state === 'failed') && !isOtherRunning;
  const action =
    endedAt === null ? (
      <Button variant="light" color="red" size="xs" loading={stopping.isPending} onClick={() => stopping.mutate()}>
        {words.stop}
      </Button>
    ) : isResumable ? (
      <Button variant="light" size="xs" loading={resuming.isPending} onClick={() => resuming.mutate()}>
        {words.resume}
      </Button>
    ) : null;
  const remarked = pages.skipped + pages.failed;
  return (
    <Line actions={mayChange && action}>
      <Group gap="xs">
        <Badge color={colours[state]} variant="dot">
          {words.state[state]}
        </Badge>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {namedPages === null ? (sitemap ?? words.ownSitemap) : words.named(namedPages)}
        </Text>
      </Group>
      <Figures warmup={warmup} />
      <Text size="sm" c="dimmed">
        {words.started} <When at={createdAt} />
      </Text>
      {note !== null && (
        <Text size="sm" {...(state === 'failed' ? { c: 'red' } : {})} style={{ overflowWrap: 'anywhere' }}>
          {note}
        </Text>
      )}
      {remarked > 0 && endedAt !== null && (
        <Button variant="subtle" size="compact-sm" px={0} onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? words.hide : words.show}
        </Button>
      )}
      {isOpen && <Remarks websiteId={websiteId} id={id} />}
    </Line>
  );
}

function Figures({ warmup: { state, pages, secondsLeft, endedAt } }: { warmup: Warmup }) {
  const { total, done, skipped, failed } = pages;
  if (state === 'waiting' || (endedAt !== null && total === 0)) return null;
  if (state === 'reading') return <Text size="sm">{words.found(total)}</Text>;
  const through = done + skipped + failed;
  const left = secondsLeft === null ? '' : ` · ${words.left(spanOf(secondsLeft))}`;
  return (
    <>
      {endedAt === null && (
        <Progress.Root size="lg" my={6}>
          <Progress.Section value={(100 * (done + skipped)) / total} aria-label={words.bar} />
          <Progress.Section value={(100 * failed) / total} color="red" aria-label={words.state.failed} />
        </Progress.Root>
      )}
      <Text size="sm" role={endedAt === null ? 'status' : undefined}>
        {words.progress(through, total)}: {words.counts(done, skipped, failed)}
        {left}
      </Text>
    </>
  );
}
