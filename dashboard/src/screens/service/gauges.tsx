import { SimpleGrid } from '@mantine/core';
import type { NodeStatus, ServiceStatus } from '../../api/types.ts';
import { byteSize } from '../../parts/byte-size.ts';
import { numberOf } from '../../parts/numbers.ts';
import { millisecondsOf } from '../../parts/span-of.ts';
import { Sparkline } from '../../parts/sparkline.tsx';
import { text } from '../../text/text.ts';
import { Gauge } from './gauge.tsx';
import { useCourse } from './use-course.ts';

const words = text.service;
export const columns = { base: 2, lg: 3 };

export interface GaugesProps {
  readonly status: ServiceStatus;
  /** Of the node that answered. */
  readonly node: NodeStatus;
}

/** The node that answered, and the store: numbers with what they are out of. */
export function Gauges({ status, node }: GaugesProps) {
  const { drawing, requests } = node;
  const course = useCourse(drawing.drawing + drawing.waiting, status.at);
  return (
    <SimpleGrid component="dl" m={0} cols={columns} spacing="md">
      <Gauge
        label={words.tiles.drawing}
        value={words.busy(drawing.drawing, drawing.places)}
        hints={[words.waiting(drawing.waiting, drawing.queueLimit)]}
        course={<Sparkline values={course} color="sea-6" />}
      />
      <BrowserGauge drawing={drawing} />
      <MemoryGauge node={node} />
      <DiskGauge node={node} pictures={status.pictures} />
      <DatabaseGauge database={status.database} />
      <Gauge
        label={words.tiles.requests}
        value={words.open(numberOf(requests.connections))}
        hints={[words.requests(requests.waiting, requests.mostConnections, requests.workers)]}
        used={requests.connections / requests.mostConnections}
      />
    </SimpleGrid>
  );
}

function BrowserGauge({ drawing: { browser } }: Pick<NodeStatus, 'drawing'>) {
  const { state, failure, product, running, exits, sandboxed } = browser;
  const now = {
    running: words.browserHints.running(running),
    resting: words.browserHints.resting,
    failing: failure ?? '',
  }[state];
  const confined = sandboxed === null ? words.elsewhere : sandboxed ? words.sandboxed : words.unsandboxed;
  const hints = [
    product === null ? '' : product.replace('/', ' '),
    product === null ? now : `${now}, ${confined}`,
    words.exits(exits),
  ];
  return (
    <Gauge
      label={words.tiles.browser}
      value={words.browser[state]}
      level={state === 'failing' ? 'bad' : 'good'}
      hints={hints.filter((hint) => hint !== '')}
    />
  );
}

function MemoryGauge({ node: { memory, drawing } }: { node: NodeStatus }) {
  const { memory: browsers, memoryLimit } = drawing.browser;
  const own = memory.service + memory.workers;
  const limit = memoryLimit === null ? null : byteSize(memoryLimit);
  const used = own + (browsers ?? 0);
  return (
    <Gauge
      label={words.tiles.memory}
      value={words.taken(byteSize(used))}
      hints={[
        words.outOf(byteSize(memory.limit)),
        browsers === null
          ? words.memoryUnknown(byteSize(own))
          : words.memoryParts(byteSize(own), byteSize(browsers), limit),
      ]}
      used={used / memory.limit}
    />
  );
}

function DiskGauge({ node: { disk }, pictures }: { node: NodeStatus; pictures: ServiceStatus['pictures'] }) {
  const says = pictures.storage === 'bucket' ? words.inBucket : words.pictures;
  const hints = [
    pictures.bytes === null ? words.notCounted : says(byteSize(pictures.bytes), byteSize(pictures.budget)),
  ];
  if (disk === null) return <Gauge label={words.tiles.disk} value={words.unreadable} level="bad" hints={hints} />;
  return (
    <Gauge
      label={words.tiles.disk}
      value={words.free(byteSize(disk.free))}
      hints={[words.outOf(byteSize(disk.total)), ...hints]}
      used={1 - disk.free / disk.total}
    />
  );
}

function DatabaseGauge({ database }: Pick<ServiceStatus, 'database'>) {
  const { kind, answers, version, bytes, latency } = database;
  const name = `${words.databases[kind]}${version === null ? '' : ` ${version}`}`;
  return (
    <Gauge
      label={words.tiles.database}
      value={answers ? name : words.noAnswer}
      level={answers ? 'good' : 'bad'}
      hints={[
        ...(answers ? [] : [name]),
        ...(bytes === null ? [] : [byteSize(bytes)]),
        ...(latency === null ? [] : [words.answersIn(latency < 1 ? '< 1 ms' : millisecondsOf(latency))]),
      ]}
    />
  );
}
