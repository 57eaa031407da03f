import { Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import type { Period } from '../../api/usage.ts';
import { text } from '../../text/text.ts';
import classes from './overview.module.css';
import { isDay, lastDays, lastHours } from './use-period.ts';

const words = text.overview;
const own = 'own';
const hours = 'hours';
const msPerDay = 86_400_000;
// The most that the API tells of.
const mostDays = 366;

export interface PeriodChoiceProps {
  readonly period: Period;
  readonly change: (period: Period) => void;
}

/** The last hours or days, or from one day to another. */
export function PeriodChoice({ period, change }: PeriodChoiceProps) {
  const isOwn = 'from' in period;
  return (
    <Stack gap="xs" align="flex-end">
      <SegmentedControl
        aria-label={words.period}
        className={classes['period'] ?? ''}
        data={[
          { value: hours, label: words.hours(lastHours) },
          ...lastDays.map((one) => ({ value: String(one), label: words.days(one) })),
          { value: own, label: words.ownPeriod },
        ]}
        value={isOwn ? own : 'hours' in period ? hours : String(period.days)}
        onChange={(value) => {
          const days = lastDays.find((one) => String(one) === value);
          if (days !== undefined) change({ days });
          else if (value === hours) change({ hours: lastHours });
          else if (!isOwn) change({ from: dayAgo('hours' in period ? 1 : period.days - 1), to: dayAgo(0) });
        }}
      />
      {isOwn && <OwnPeriod {...period} change={change} />}
    </Stack>
  );
}

interface OwnPeriodProps {
  readonly from: string;
  readonly to: string;
  readonly change: (period: Period) => void;
}

/** Two days, in UTC as the figures are counted; what is half typed changes nothing. */
function OwnPeriod({ from, to, change }: OwnPeriodProps) {
  const choose = (days: { from: string; to: string }) => {
    const [first, last] = [Date.parse(days.from), Date.parse(days.to)];
    if (isDay(days.from) && isDay(days.to) && first <= last && last - first < mostDays * msPerDay) change(days);
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <TextInput
        type="date"
        size="xs"
        aria-label={words.from}
        defaultValue={from}
        min={dayAgo(mostDays - 1)}
        max={to}
        onBlur={({ currentTarget }) => choose({ from: currentTarget.value, to })}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && choose({ from: currentTarget.value, to })}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="date"
        size="xs"
        aria-label={words.to}
        defaultValue={to}
        min={from}
        max={dayAgo(0)}
        onBlur={({ currentTarget }) => choose({ from, to: currentTarget.value })}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && choose({ from, to: currentTarget.value })}
      />
    </Group>
  );
}

function dayAgo(days: number): string {
  return new Date(Date.now() - days * msPerDay).toISOString().slice(0, 10);
}
