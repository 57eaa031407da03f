import data from '../../../server/src/model/consumers.json' with { type: 'json' };

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
`;
}

function line(name: string, row: Row, basis: string): string {
  const size = `${row.width} × ${row.height}, at ${row.scale}`;
  const formats = row.formats.map((type) => type.replace('image/', '').toUpperCase()).join(', ');
  return `| ${row.label} | \`${name}\` | ${size} | ${formats} | ${row.soft / 1000} | ${row.max / 1000} | ${basis} |`;
}
