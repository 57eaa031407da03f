import { SimpleGrid, Skeleton } from '@mantine/core';
import type { Usage } from '../../api/types.ts';
import { numberOf, percentOf, shortNumberOf, wholePercentOf } from '../../parts/numbers.ts';
import { millisecondsOf } from '../../parts/span-of.ts';
import { text } from '../../text/text.ts';
import { courseOf, type Step, spanOfUsage } from './course.ts';
import { Tile } from './tile.tsx';
import { Trend, type TrendProps } from './trend.tsx';

const words = text.overview;
const columns = { base: 2, lg: 3 };

export interface TilesProps {
  readonly usage: Usage;
}

type Counts = NonNullable<Usage['compared']>['now'];

/** The numbers of the period at a glance, as the API defines them. */
export function Tiles({ usage }: TilesProps) {
  const { total, compared: periods } = usage;
  const { steps } = courseOf(usage);
  const before = words.before(spanOfUsage(usage));
  const course = (value: (step: Step) => number | null) => steps.map((step) => value(step) ?? 0);
  const trend = (value: (counts: Counts) => number, more: TrendProps['more']) => {
    if (periods === null) return null;
    const [now, then] = [value(periods.now), value(periods.before)];
    if (then === 0) return null;
    const change = now / then - 1;
    return <Trend change={change} says={wholePercentOf(Math.abs(change))} more={more} before={before} />;
  };
  return (
    <SimpleGrid component="dl" m={0} cols={columns} spacing="md">
      <Tile
        label={words.tiles.requests}
        value={large(total.requests)}
        hint={words.hints.requests}
        trend={trend(({ requests }) => requests, 'good')}
        course={course(({ requests }) => requests)}
        color="sea-6"
      />
      <Tile
        label={words.tiles.hitRatio}
        value={total.hitRatio === null ? words.none : percentOf(total.hitRatio)}
        hint={words.hints.hitRatio}
        trend={ratioTrend(periods, before)}
        course={course(({ hitRatio }) => hitRatio)}
        color="teal-6"
      />
      <Tile
        label={words.tiles.saved}
        value={large(total.saved)}
        hint={words.hints.saved(numberOf(total.fetches))}
        trend={trend(({ saved }) => saved, 'good')}
        course={course(({ saved }) => saved)}
        color="teal-6"
      />
      <Tile
        label={words.tiles.renders}
        value={large(total.renders)}
        hint={words.hints.renders}
        trend={trend(({ renders }) => renders, 'neutral')}
        course={course(({ renders }) => renders)}
        color="yellow-6"
      />
      <Tile
        label={words.tiles.renderTime}
        value={total.renderP50 === null ? words.none : millisecondsOf(total.renderP50)}
        hint={total.renderP95 === null ? words.hints.renderTime : words.hints.p95(millisecondsOf(total.renderP95))}
        course={course(({ renderP50 }) => renderP50)}
        color="yellow-6"
      />
      <Tile
        label={words.tiles.failures}
        value={large(total.failures)}
        hint={words.hints.failures}
        trend={trend(({ failures }) => failures, 'bad')}
        course={course(({ failures }) => failures)}
        color="red-6"
      />
    </SimpleGrid>
  );
}

/** As high as the tiles are. */
export function TilesSkeleton() {
  return (
    <SimpleGrid cols={columns} spacing="md" aria-hidden>
      {Object.keys(words.tiles).map((name) => (
        <Skeleton key={name} h={143} radius="lg" />
      ))}
    </SimpleGrid>
  );
}

/** Shares are compared by their difference: 80% after 78% is two points more. */
function ratioTrend(periods: Usage['compared'], before: string) {
  const [now, then] = [periods?.now.hitRatio ?? null, periods?.before.hitRatio ?? null];
  if (now === null || then === null) return null;
  const change = now - then;
  return <Trend change={change} says={words.points(Math.abs(change * 100).toFixed(1))} more="good" before={before} />;
}

function large(value: number): string {
  return value < 1_000_000 ? numberOf(value) : shortNumberOf(value);
}
