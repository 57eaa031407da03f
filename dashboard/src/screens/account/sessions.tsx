import { Badge, Button, Group, Text, ThemeIcon } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { sessions } from '../../api/account.ts';
import type { SignedInSession } from '../../api/types.ts';
import { confirm } from '../../parts/confirm.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Line, Lines } from '../../parts/lines.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import { deviceOf, isPhone } from './device-of.ts';
import { useSessionEnds } from './use-session-ends.ts';

const words = text.account;

/** Where one is signed in: this browser first, then the one that was seen last. */
export function Sessions() {
  const { data, error, refetch } = useQuery(sessions);
  const { end, endOthers } = useSessionEnds();
  const sorted = data?.toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.updatedAt.localeCompare(a.updatedAt),
  );
  const askToEndOthers = () =>
    confirm({ title: words.endAllTitle, why: words.endAllWhy, action: words.endAll, onConfirm: endOthers });
  const all = sorted !== undefined && sorted.length > 2 && (
    <Button variant="default" size="xs" onClick={askToEndOthers}>
      {words.endAll}
    </Button>
  );
  return (
    <Section title={words.sessions} lead={words.sessionsWhy} actions={all}>
      {error ? (
        <ErrorNote error={error} retry={refetch} />
      ) : sorted ? (
        <Lines label={words.sessions}>
          {sorted.map((one) => (
            <SessionLine key={one.id} session={one} end={() => end(one.id)} />
          ))}
        </Lines>
      ) : (
        <SkeletonLines count={2} />
      )}
    </Section>
  );
}

function SessionLine({ session, end }: { session: SignedInSession; end: () => void }) {
  const { userAgent, current, ipAddress, createdAt, updatedAt } = session;
  const device = deviceOf(userAgent);
  const Icon = isPhone(userAgent) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <Line
      mark={
        <ThemeIcon variant="light" size={38} radius="xl" aria-hidden>
          <Icon size={20} stroke={1.6} />
        </ThemeIcon>
      }
      actions={
        !current && (
          <Button variant="subtle" color="red" size="xs" aria-label={words.endThis(device)} onClick={end}>
            {words.end}
          </Button>
        )
      }
    >
      <Group gap={8}>
        <Text fw={600} title={userAgent ?? undefined}>
          {device}
        </Text>
        {current && (
          <Badge variant="light" tt="none">
            {words.here}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {ipAddress !== null && ipAddress !== '' && `${ipAddress} · `}
        {words.signedIn} <When at={createdAt} />
        {!current && (
          <>
            {' '}
            · {words.lastSeen} <When at={updatedAt} />
          </>
        )}
      </Text>
    </Line>
  );
}
