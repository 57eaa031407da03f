/** Ways to write one number of an IPv4 address that parsers of the world take for it. */
const numberStyles: ReadonlyArray<(n: number) => string> = [
  (n) => `${n}`,
  (n) => `0x${n.toString(16)}`,
  (n) => `0X${n.toString(16).toUpperCase()}`,
  (n) => `0x0000${n.toString(16)}`,
  (n) => `0${n.toString(8)}`,
  (n) => `0000${n.toString(8)}`,
];

/** Ways to write the digits and dots themselves: full-width, circled, other full stops, percent-encoded. */
const letterStyles: ReadonlyArray<(text: string) => string> = [
  (text) => `${text}.`,
  (text) => text.replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d))),
  (text) => text.replace(/\d/g, (d) => (d === '0' ? '⓪' : String.fromCodePoint(0x2460 + Number(d) - 1))),
  (text) => text.replace(/\d/g, (d) => String.fromCodePoint(0x1d7ce + Number(d))),
  (text) => text.replaceAll('.', '。'),
  (text) => text.replaceAll('.', '．'),
  (text) => text.replaceAll('.', '｡'),
  (text) => text.replace(/\d/g, (d) => `%3${d}`),
  (text) => text.replaceAll('.', '%2e'),
  (text) => text.replace('.', '\t.'),
  (text) => text.replace('.', '.\n'),
  (text) => `\u00ad${text}`,
  (text) => `${text.slice(0, 1)}\u200b${text.slice(1)}`,
];

/** Every way to write an IPv4 address as one to four numbers, in one style or in mixed ones, and in other letters. */
export function spellingsOf(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const groupings = [
    [a, b, c, d],
    [a, b, c * 256 + d],
    [a, (b * 256 + c) * 256 + d],
    [((a * 256 + b) * 256 + c) * 256 + d],
  ];
  const numeric = groupings.flatMap((numbers) =>
    numberStyles.flatMap((_, style) =>
      [0, 1, 3].map((step) =>
        numbers.map((n, at) => numberStyles[(style + at * step) % numberStyles.length]?.(n)).join('.'),
      ),
    ),
  );
  return [...new Set([...numeric, ...letterStyles.map((style) => style(address))])];
}

/** IPv6 addresses that carry an IPv4 address, in each of their spellings. */
export function carriersOf(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const hex = (n: number) => n.toString(16);
  const [high, low] = [hex(a * 256 + b), hex(c * 256 + d)];
  const tail = [address, `${high}:${low}`, `${high.toUpperCase()}:${low.toUpperCase()}`];
  return [
    ...tail.flatMap((written) => [
      `::ffff:${written}`, // mapped, RFC 4291 §2.5.5.2
      `::FFFF:${written}`,
      `0:0:0:0:0:ffff:${written}`,
      `0000:0000:0000:0000:0000:ffff:${written}`,
      `::${written}`, // compatible, RFC 4291 §2.5.5.1
      `::ffff:0:${written}`, // translated, RFC 2765
      `64:ff9b::${written}`, // NAT64, RFC 6052
      `0064:ff9b:0:0:0:0:${written}`,
      `64:ff9b:1::${written}`, // local-use NAT64, RFC 8215
      `64:ff9b:1:ffff:ffff:ffff:${written}`,
      `2a00:1450::5efe:${written}`, // ISATAP, RFC 5214
      `2a00:1450::200:5efe:${written}`,
      `fe80::5efe:${written}`,
    ]),
    `2002:${high}:${low}::`, // 6to4, RFC 3056
    `2002:${high}:${low}::1`,
    `2001:0:${high}:${low}::1`, // Teredo's server
    `2001::${hex(0xffff - (a * 256 + b))}:${hex(0xffff - (c * 256 + d))}`, // Teredo's client, RFC 4380 §4: inverted
  ];
}
