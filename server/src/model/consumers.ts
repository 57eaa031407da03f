import data from './consumers.json' with { type: 'json' };
import type { PictureType } from './picture.ts';
import type { PictureSpec } from './picture-spec.ts';

/** The network that requests a card; `generic` where it is none in particular. */
export interface Consumer {
  readonly name: string;
  readonly label: string;
  readonly spec: PictureSpec;
  /** A `User-Agent` that its crawler sends; null for the generic one. */
  readonly userAgent: string | null;
}

interface Row {
  readonly label: string;
  readonly example?: string;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly soft: number;
  readonly max: number;
  readonly formats: readonly string[];
}

function consumer(name: string, row: Row): Consumer {
  const { width, height, scale, soft, max } = row;
  const formats = row.formats.filter(isPictureType);
  return {
    name,
    label: row.label,
    spec: { consumer: name === 'generic' ? null : name, width, height, scale, soft, max, formats },
    userAgent: row.example ?? null,
  };
}

function isPictureType(type: string): type is PictureType {
  return type === 'image/jpeg' || type === 'image/png' || type === 'image/webp';
}

export const generic: Consumer = consumer('generic', data.generic);

const rows = data.consumers.map((row) => ({
  consumer: consumer(row.name, row),
  all: 'all' in row.match ? (row.match.all ?? []) : [],
  any: 'any' in row.match ? (row.match.any ?? []) : [],
}));

/** The generic card under the least of all networks' limits, in a format that each of them reads. */
export const everyNetwork: Consumer = {
  ...generic,
  spec: {
    ...generic.spec,
    soft: Math.min(...data.consumers.map(({ soft }) => soft), generic.spec.soft),
    max: Math.min(...data.consumers.map(({ max }) => max), generic.spec.max),
    formats: generic.spec.formats.filter((format) => data.consumers.every(({ formats }) => formats.includes(format))),
  },
};

/** Every consumer, the generic one first. */
export const allConsumers: readonly Consumer[] = [generic, ...rows.map((row) => row.consumer)];

/** Every consumer by name and alias, the generic one included. */
const byName = new Map<string, Consumer>([
  [generic.name, generic],
  ...data.consumers.flatMap((row, index) =>
    [row.name, ...('aliases' in row ? (row.aliases ?? []) : [])].map(
      (name) => [name, rows[index]?.consumer ?? generic] as const,
    ),
  ),
]);

/** The consumer of that name or alias, ignoring case; undefined for an unknown name. */
export function consumerNamed(name: string): Consumer | undefined {
  return byName.get(name.toLowerCase());
}

// Crawlers send few distinct values; the bound keeps a client from filling the memory with invented ones.
const recognised = new Map<string, Consumer>();
const mostRecognised = 1000;

/** The consumer whose crawler sends this `User-Agent`: the first row of consumers.json that matches. */
export function consumerOf(userAgent: string | undefined): Consumer {
  if (userAgent === undefined || userAgent === '') return generic;
  const known = recognised.get(userAgent);
  if (known !== undefined) return known;
  const text = userAgent.toLowerCase();
  const row = rows.find(
    ({ all, any }) => (all.length > 0 && all.every((t) => text.includes(t))) || any.some((t) => text.includes(t)),
  );
  const found = row?.consumer ?? generic;
  if (recognised.size >= mostRecognised) recognised.clear();
  recognised.set(userAgent, found);
  return found;
}
