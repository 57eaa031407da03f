import data from '../../../server/src/model/consumers.json' with { type: 'json' };
import { type Cut, type NetworkFrame, networkFrames } from '../../../server/src/model/networks/network-frames.ts';

type Row = typeof data.generic;

/** What each network is sent, from the data that the service uses. */
export function networksPage(): string {
  const rows = [...data.consumers.map((row) => line(row.name, row, row.basis)), line('generic', data.generic, '')];
  return `# Networks

What each network is sent. A card is drawn at its size in CSS pixels times the scale, and encoded below the weight to aim for where
that is possible without visible loss, and always below the largest.

The name goes into \`data-ogplus\`, \`ogplus_consumer\` and the commands' \`--consumer\`. "Documented" figures stand in the network's own
documentation or a published reference; "observed" ones are widely reported.

| network | name | size | formats | aim, kB | largest, kB | figures are |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

## What they show

What each makes of a link, as the dashboard's frames show it. Lines are those of its usual width. Threads asks as Facebook does, and gets
its card.

| network | picture | title | description | figures are |
| --- | --- | --- | --- | --- |
${networkFrames.map(shownLine).join('\n')}
`;
}

function shownLine(frame: NetworkFrame): string {
  const { label, title, description, source } = frame;
  return `| ${label} | ${pictureOf(frame)} | ${cutOf(title)} | ${cutOf(description)} | ${source} |`;
}

function pictureOf({ picture: { ratio, width, least, isSmallByDefault } }: NetworkFrame): string {
  return [
    ratio === null ? 'own shape' : `cut to ${Number(ratio.toFixed(2))}:1`,
    ...(width === null ? [] : [`${width} px wide`]),
    ...(least === null ? [] : [`from ${least.join(' × ')}`]),
    ...(isSmallByDefault ? ['small without `summary_large_image`'] : []),
  ].join(', ');
}

function cutOf(cut: Cut | null): string {
  if (cut === null) return 'not shown';
  const { lines, characters } = cut;
  const parts = [
    ...(lines === null ? [] : [lines === 1 ? '1 line' : `${lines} lines`]),
    ...(characters === null ? [] : [`${characters} characters`]),
  ];
  return parts.length === 0 ? 'whole' : parts.join(', ');
}

function line(name: string, row: Row, basis: string): string {
  const size = `${row.width} × ${row.height}, at ${row.scale}`;
  const formats = row.formats.map((type) => type.replace('image/', '').toUpperCase()).join(', ');
  return `| ${row.label} | \`${name}\` | ${size} | ${formats} | ${row.soft / 1000} | ${row.max / 1000} | ${basis} |`;
}
