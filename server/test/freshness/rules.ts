import type { HeaderLines } from '../../src/model/policy.ts';

/** One rule of RFC 9111 and its company, as a response and what becomes of it. */
export interface Rule {
  readonly section: string;
  readonly says: string;
  readonly headers: HeaderLines;
  readonly status?: number;
  /** Content of the page's og:plus:cache:max_age. */
  readonly tag?: string;
  /** The website's default max-age. */
  readonly fallback?: number;
  /** Seconds that the card is fresh for, asked each time (0), or nothing of it kept (`never`). */
  readonly fresh: number | 'never';
  /** May a stale card be sent while it is renewed, and for an origin that fails, `after` seconds past the lifetime? */
  readonly stale?: { readonly after: number; readonly renewing: boolean; readonly failing: boolean };
}

const now = Date.UTC(2026, 10, 23, 12, 0, 0);
export const receivedAt = now;
const date = (seconds: number) => new Date(now + seconds * 1000).toUTCString();

/** Seconds from the arrival to a moment. */
const until = (...utc: readonly [number, number, number, number, number, number]) => (Date.UTC(...utc) - now) / 1000;

const cc = (...values: string[]): HeaderLines => values.map((value) => ['cache-control', value] as const);
const cdn = (...values: string[]): HeaderLines => values.map((value) => ['cdn-cache-control', value] as const);
const field = (name: string, ...values: string[]): HeaderLines => values.map((value) => [name, value] as const);
const dated = field('date', date(0));
const expires = (value: string): HeaderLines => [...dated, ['expires', value]];

function rule(section: string, says: string, fresh: Rule['fresh'], ...headers: HeaderLines[]): Rule {
  return { section, says, fresh, headers: headers.flat() };
}

export const rules: readonly Rule[] = [
  // The lifetime
  rule('9111 §5.2.2.1', 'max-age is the lifetime', 3600, cc('max-age=3600')),
  rule('9111 §5.2.2.1', 'max-age=0 is stale at once', 0, cc('max-age=0')),
  rule('9111 §5.2.2.10', 's-maxage goes before max-age', 3600, cc('max-age=1, s-maxage=3600')),
  rule('9111 §5.2.2.10', 's-maxage goes before max-age, whatever the order', 1, cc('s-maxage=1, max-age=3600')),
  rule('9111 §5.2.2.10', 's-maxage goes before max-age over several lines', 1, cc('max-age=3600', 's-maxage=1')),
  rule('9111 §5.3', 'max-age goes before Expires', 3600, cc('max-age=3600'), expires(date(-60))),
  rule('9111 §5.3', 'max-age=0 goes before a future Expires', 0, cc('max-age=0'), expires(date(3600))),
  rule('9111 §5.3', 's-maxage goes before a past Expires', 3600, cc('max-age=0, s-maxage=3600'), expires(date(-9))),
  rule('9111 §4.2.1', 'an invalid Expires does not spoil max-age', 3600, cc('max-age=3600'), expires('0')),
  rule('9111 §4.2.1', 'nothing said: no lifetime', 0),
  rule('9111 §5.2.3', 'unknown directives are passed over', 3600, cc('foobar, max-age=3600, x="y"')),
  rule('8246 §2', 'immutable changes nothing for a shared cache', 3600, cc('max-age=3600, immutable')),

  // Reading Cache-Control
  rule('9111 §5.2', 'names in any case', 3600, cc('MaX-aGe=3600')),
  rule('9111 §5.2', 'No-StOrE in any case', 'never', cc('No-StOrE')),
  rule('9111 §5.2', 'a quoted number counts', 3600, cc('max-age="3600"')),
  rule('9111 §5.2', 'a single-quoted number is none', 0, cc("max-age='3600'")),
  rule('9111 §1.2.2', 'leading zeros count', 3600, cc('max-age=003600')),
  rule('9111 §4.2.1', 'a negative number is stale', 0, cc('max-age=-3600')),
  rule('9111 §4.2.1', 'a fraction is stale', 0, cc('max-age=3600.0')),
  rule('9111 §4.2.1', 'a fraction is stale, .5', 0, cc('max-age=3600.5')),
  rule('9111 §4.2.1', 'letters before the number', 0, cc('max-age=a3600')),
  rule('9111 §4.2.1', 'letters behind the number', 0, cc('max-age=3600a')),
  rule('9111 §4.2.1', 'an exponent is no number', 0, cc('max-age=1e3')),
  rule('9111 §4.2.1', 'a hexadecimal number is none', 0, cc('max-age=0x10')),
  rule('9111 §4.2.1', 'no number at all', 0, cc('max-age')),
  rule('9111 §4.2.1', 'an empty number', 0, cc('max-age=')),
  rule('9111 §4.2.1', 'an empty quoted number', 0, cc('max-age=""')),
  rule('9111 §5.2', 'a space before = spoils the number', 0, cc('max-age =3600')),
  rule('9111 §5.2', 'a space behind = spoils the number', 0, cc('max-age= 3600')),
  rule('9111 §1.2.2', '2^31 - 1 seconds', 2147483647, cc('max-age=2147483647')),
  rule('9111 §1.2.2', '2^31 seconds', 2147483648, cc('max-age=2147483648')),
  rule('9111 §1.2.2', 'more than 2^31 seconds are 2^31', 2147483648, cc('max-age=2147483649')),
  rule('9111 §1.2.2', 'far more are 2^31', 2147483648, cc('max-age=99999999999')),
  rule('9111 §1.2.2', 'a number of 400 digits is 2^31', 2147483648, cc(`max-age=${'9'.repeat(400)}`)),
  rule('9111 §4.2.1', 'of two values the first counts', 1800, cc('max-age=1800, max-age=1')),
  rule('9111 §4.2.1', 'of two values the first counts, the other way', 1, cc('max-age=1, max-age=1800')),
  rule('9111 §4.2.1', 'of two lines the first counts', 1800, cc('max-age=1800', 'max-age=1')),
  rule('9111 §5.2', 'a directive in a quoted string is none', 1, cc('extension="max-age=3600", max-age=1')),
  rule('9111 §5.2', 'a directive in a quoted string is none, behind', 1, cc('max-age=1, extension="max-age=3600"')),
  rule('9111 §5.2', 'a quoted comma does not divide', 60, cc('a="b, no-store, c", max-age=60')),
  rule('9111 §5.2', 'an escaped quote does not end a string', 60, cc('a="b\\", no-store", max-age=60')),
  rule('9111 §5.2', 'a quote that does not end hides nothing', 'never', cc('a="b, no-store')),
  rule('9111 §5.2', 'empty members are passed over', 60, cc(', ,max-age=60,, ')),
  rule('9111 §5.2', 'tabs and spaces around members', 60, cc('\t public ,\t max-age=60 \t')),
  rule('9111 §5.2', 'a missing comma hides nothing', 'never', cc('public no-store')),
  rule('9111 §5.2', 'a missing comma behind a number spoils it', 0, cc('max-age=60 public')),
  rule('9111 §5.2', 'several lines are one list', 'never', cc('max-age=60', 'no-store')),
  rule('9111 §5.4', 'Pragma is no response directive', 60, cc('max-age=60'), field('pragma', 'no-cache')),

  // Storing
  rule('9111 §5.2.2.5', 'no-store keeps nothing', 'never', cc('no-store')),
  rule('9111 §5.2.2.5', 'no-store beside a lifetime', 'never', cc('max-age=10000, no-store'), expires(date(10000))),
  rule('9111 §5.2.2.5', 'no-store beside public', 'never', cc('public, no-store')),
  rule('9111 §5.2.2.7', 'private keeps nothing', 'never', cc('private, max-age=3600')),
  rule('9111 §5.2.2.7', 'private beside s-maxage', 'never', cc('private, s-maxage=3600')),
  rule('9111 §5.2.2.7', 'private for named fields is of no concern', 60, cc('private="set-cookie", max-age=60')),
  rule('9111 §5.2.2.7', 'private with and without names is private', 'never', cc('private="a", private, max-age=60')),
  rule('9111 §5.2.2.3', 'must-understand with a known status', 3600, cc('max-age=3600, no-store, must-understand')),
  {
    ...rule(
      '9111 §5.2.2.3',
      'must-understand with an unknown status',
      'never',
      cc('max-age=60, no-store, must-understand'),
    ),
    status: 299,
  },
  rule('9111 §7.3', 'Set-Cookie does not forbid keeping', 60, cc('max-age=60'), field('set-cookie', 'a=b')),
  { ...rule('9111 §3', 'an unknown status with a lifetime', 60, cc('max-age=60')), status: 299 },
  { ...rule('9111 §3', 'an unknown status without one', 'never'), status: 299 },
  { ...rule('9111 §3', 'an unknown status that is public', 0, cc('public')), status: 299 },
  { ...rule('9111 §3', '201 without a lifetime', 'never'), status: 201 },
  { ...rule('9111 §3', '203 without a lifetime', 0), status: 203 },
  { ...rule('9111 §3', '404 with a lifetime', 60, cc('max-age=60')), status: 404 },
  { ...rule('9111 §3', '410 with a lifetime', 60, cc('max-age=60')), status: 410 },

  // Asking each time
  rule('9111 §5.2.2.4', 'no-cache asks each time', 0, cc('no-cache')),
  rule('9111 §5.2.2.4', 'no-cache in spite of a lifetime', 0, cc('max-age=10000, No-CaChE'), expires(date(10000))),
  rule('9111 §5.2.2.4', 'no-cache for named fields is of no concern', 60, cc('no-cache="set-cookie", max-age=60')),
  rule('9111 §5.2.2.4', 'no-cache with and without names', 0, cc('no-cache="a"', 'no-cache, max-age=60')),
  rule('9111 §4.1', 'Vary: * asks each time', 0, cc('max-age=60'), field('vary', '*')),
  rule('9111 §4.1', 'Vary: * among others', 0, cc('max-age=60'), field('vary', 'cookie, *')),
  rule('9111 §4.1', 'another Vary does not', 60, cc('max-age=60'), field('vary', 'Cookie')),

  // Age
  rule('9111 §4.2.3', 'Age is taken off', 3000, cc('max-age=3600'), dated, field('age', '600')),
  rule('9111 §4.2.3', 'Age beyond the lifetime is stale', 0, cc('max-age=3600'), dated, field('age', '7200')),
  rule('9111 §5.1', 'letters in Age are ignored', 3600, cc('max-age=3600'), dated, field('age', 'abc')),
  rule('9111 §5.1', 'a negative Age is ignored', 3600, cc('max-age=3600'), dated, field('age', '-7200')),
  rule('9111 §5.1', 'a fraction is ignored', 3600, cc('max-age=3600'), dated, field('age', '7200.0')),
  rule('9111 §5.1', 'a parameter makes it invalid', 3600, cc('max-age=3600'), dated, field('age', '7200;foo=bar')),
  rule('9111 §1.2.2', 'a huge Age is stale', 0, cc('max-age=3600'), dated, field('age', '2147483649')),
  rule('9111 §1.2.2', 'an Age of 400 digits is stale', 0, cc('max-age=3600'), dated, field('age', '9'.repeat(400))),
  rule('9111 §5.1', 'of a list the first value counts: old', 0, cc('max-age=3600'), dated, field('age', '7200, 0')),
  rule('9111 §5.1', 'of a list the first value counts: new', 3600, cc('max-age=3600'), dated, field('age', '0, 7200')),
  rule('9111 §5.1', 'of two lines the first counts: old', 0, cc('max-age=3600'), dated, field('age', '7200', '0')),
  rule('9111 §5.1', 'of two lines the first counts: new', 3600, cc('max-age=3600'), dated, field('age', '0', '7200')),
  rule('9111 §4.2.3', 'an old Date counts as age', 3000, cc('max-age=3600'), field('date', date(-600))),
  rule(
    '9111 §4.2.3',
    'the larger of Date and Age counts',
    2600,
    cc('max-age=3600'),
    field('date', date(-600)),
    field('age', '1000'),
  ),
  rule('9111 §4.2.3', 'a future Date is no age', 3600, cc('max-age=3600'), field('date', date(600))),
  rule('9110 §6.6.1', 'no Date: the time of arrival', 3600, cc('max-age=3600')),
  rule('9110 §6.6.1', 'a Date that is none: the time of arrival', 3600, cc('max-age=3600'), field('date', 'yesterday')),
  rule(
    '9111 §4.2.3',
    'Age is taken off Expires too, Date slow',
    0,
    field('date', date(-10)),
    field('expires', date(10)),
    field('age', '25'),
  ),
  rule(
    '9111 §4.2.3',
    'Age is taken off Expires too, Date fast',
    0,
    field('date', date(10)),
    field('expires', date(20)),
    field('age', '15'),
  ),

  // Expires
  rule('9111 §5.3', 'Expires minus Date', 3600, expires(date(3600))),
  rule(
    '9111 §5.3',
    'Expires minus Date, the clock being off',
    100,
    field('date', date(300)),
    field('expires', date(400)),
  ),
  rule('9111 §5.3', 'a past Expires', 0, expires(date(-3600))),
  rule('9111 §5.3', 'Expires equal to Date', 0, expires(date(0))),
  rule('9111 §5.3', 'Expires before Date', 0, field('date', date(400)), field('expires', date(300))),
  rule('9111 §5.3', 'Expires: 0', 0, expires('0')),
  rule('9111 §5.3', 'Expires: -1', 0, expires('-1')),
  rule('9111 §5.3', 'Expires with an invalid Date', 10, field('date', 'foo'), field('expires', date(10))),
  rule('9110 §5.6.7', 'the RFC 850 form', until(2050, 7, 11, 0, 50, 38), expires('Saturday, 11-Aug-50 00:50:38 GMT')),
  rule('9110 §5.6.7', 'the RFC 850 form, a year that is long past', 0, expires('Sunday, 06-Nov-94 08:49:37 GMT')),
  rule('9110 §5.6.7', 'the asctime form', until(2050, 7, 11, 0, 50, 38), expires('Sat Aug 11 00:50:38 2050')),
  rule(
    '9110 §5.6.7',
    'the asctime form with a one-digit day',
    until(2050, 7, 4, 0, 50, 38),
    expires('Thu Aug  4 00:50:38 2050'),
  ),
  rule('9110 §5.6.7', 'a weekday in capitals', until(2050, 7, 11, 0, 50, 38), expires('THU, 11 Aug 2050 00:50:38 GMT')),
  rule('9110 §5.6.7', 'a month in capitals', until(2050, 7, 11, 0, 50, 38), expires('Thu, 11 AUG 2050 00:50:38 GMT')),
  rule('9110 §5.6.7', 'gMT', until(2050, 7, 11, 0, 50, 38), expires('Thu, 11 Aug 2050 00:50:38 gMT')),
  rule('9110 §5.6.7', 'a leap second', until(2050, 7, 11, 0, 50, 0), expires('Thu, 11 Aug 2050 00:49:60 GMT')),
  ...[
    'Thu, 18 Aug 2050 02:01:18 UTC',
    'Thu, 18 Aug 2050 02:01:18 AEST',
    'Thu, 18 Aug 2050 02:01:18 +0000',
    'Thu, 18 Aug 2050 02:01:18',
    'Thu, 18 Aug 50 02:01:18 GMT',
    'Thu 18 Aug 2050 02:01:18 GMT',
    'Thu, 18  Aug  2050 02:01:18 GMT',
    'Thu, 18-Aug-2050 02:01:18 GMT',
    'Thu, 18 Aug 2050 02.01.18 GMT',
    'Thu, 18 Aug 2050 2:01:18 GMT',
    'Thu, 8 Aug 2050 02:01:18 GMT',
    'Thu, 31 Feb 2050 02:01:18 GMT',
    'Thu, 00 Aug 2050 02:01:18 GMT',
    'Thu, 18 Aug 2050 24:01:18 GMT',
    'Thu, 18 Aug 2050 02:60:18 GMT',
    'Xyz, 18 Aug 2050 02:01:18 GMT',
    'Thu, 18 Xyz 2050 02:01:18 GMT',
    '2050-08-18T02:01:18Z',
    '2544400878',
    '',
  ].map((text) => rule('9110 §5.6.7', `"${text}" is no HTTP date`, 0, expires(text))),
  rule('9111 §4.2.1', 'two Expires that differ are invalid', 0, expires(date(60)), field('expires', date(90))),
  rule('9111 §4.2.1', 'the same Expires twice is one', 60, expires(date(60)), field('expires', date(60))),

  // Heuristic
  rule('9111 §4.2.2', 'a tenth of the time since Last-Modified', 360, field('last-modified', date(-3600))),
  rule('9111 §4.2.2', 'ten minutes at most', 600, field('last-modified', date(-86_400 * 365))),
  rule('9111 §4.2.2', 'Date is what it is measured to', 60, field('date', date(600)), field('last-modified', date(0))),
  rule('9111 §4.2.2', 'a Last-Modified in the future gives none', 0, field('last-modified', date(3600))),
  rule('9111 §4.2.2', 'a Last-Modified that is no date gives none', 0, field('last-modified', 'long ago')),
  rule('9111 §4.2.2', 'explicit freshness goes before', 5, cc('max-age=5'), field('last-modified', date(-86_400))),
  rule(
    '9111 §4.2.2',
    'invalid explicit freshness goes before too',
    0,
    cc('max-age=x'),
    field('last-modified', date(-86_400)),
  ),
  { ...rule('9111 §4.2.2', 'a 404 may be guessed', 600, field('last-modified', date(-86_400))), status: 404 },
  { ...rule('9111 §4.2.2', 'a 299 may not', 'never', field('last-modified', date(-86_400))), status: 299 },
  {
    ...rule('9111 §4.2.2', 'a 299 that is public may', 600, cc('public'), field('last-modified', date(-86_400))),
    status: 299,
  },

  // CDN-Cache-Control
  rule('9213 §2.2', 'CDN-Cache-Control gives the lifetime', 3600, cdn('max-age=3600')),
  rule('9213 §2.2', 'it goes before a shorter Cache-Control', 3600, cdn('max-age=3600'), cc('max-age=1')),
  rule('9213 §2.2', 'it goes before a longer Cache-Control', 1, cdn('max-age=1'), cc('max-age=3600')),
  rule('9213 §2.2', 'it goes before Cache-Control: no-store', 10_000, cdn('max-age=10000'), cc('no-store')),
  rule('9213 §2.2', 'it goes before Expires', 0, cdn('max-age=0'), expires(date(10_000))),
  rule('9213 §2.2', 'it goes before a past Expires', 3600, cdn('max-age=3600'), expires(date(-10_000))),
  rule('9213 §2.2', 'no lifetime in it: Expires still does not count', 0, cdn('public'), expires(date(3600))),
  rule('9213 §2.2', 'no lifetime in it: Cache-Control does not count', 0, cdn('public'), cc('max-age=3600')),
  rule('9213 §2.2', 'its s-maxage goes before its max-age', 5, cdn('max-age=60, s-maxage=5')),
  rule('9213 §2.2', 'its no-store', 'never', cdn('no-store'), cc('max-age=10000')),
  rule('9213 §2.2', 'its private', 'never', cdn('private'), cc('max-age=10000')),
  rule('9213 §2.2', 'its no-cache', 0, cdn('no-cache'), cc('max-age=10000')),
  rule('9213 §2.1', 'over several lines it is one dictionary', 60, cdn('public', 'max-age=60')),
  rule('9213 §2.1', 'unknown members are passed over', 60, cdn('foobar, max-age=60')),
  rule('9213 §2.1', 'parameters are passed over', 60, cdn('max-age=60;foo=bar')),
  rule('8941 §3.2', 'the last of two values counts', 5, cdn('max-age=60, max-age=5')),
  rule('9213 §2.1', 'invalid: as if it were not there', 'never', cdn('max-age=10000, &&&&&'), cc('no-store')),
  rule('9213 §2.1', 'capitals are no key: as if it were not there', 5, cdn('MaX-aGe=60'), cc('max-age=5')),
  rule('9213 §2.1', 'a space before =: as if it were not there', 5, cdn('max-age =60'), cc('max-age=5')),
  rule('9213 §2.1', 'a space behind =: as if it were not there', 5, cdn('max-age= 60'), cc('max-age=5')),
  rule('9213 §2.1', 'empty: as if it were not there', 5, cdn(''), cc('max-age=5')),
  rule('9213 §2.1', 'a string is no number of seconds', 0, cdn('max-age="10000"'), cc('no-store')),
  rule('9213 §2.1', 'a decimal is no number of seconds', 0, cdn('max-age=10.5'), cc('max-age=60')),
  rule('9213 §2.1', 'a negative number is none', 0, cdn('max-age=-10'), cc('max-age=60')),
  rule('9213 §2.1', 'a directive that is false is not there', 60, cdn('no-store=?0, max-age=60')),
  rule('9213 §2.1', 'Age is taken off it', 3000, cdn('max-age=3600'), dated, field('age', '600')),

  // Tags and settings
  { ...rule('Guide', 'max_age of the page', 120), tag: '120' },
  { ...rule('Guide', 'max_age above Cache-Control', 120, cc('max-age=5')), tag: '120' },
  { ...rule('Guide', 'max_age above no-store', 120, cc('no-store')), tag: ' 120 ' },
  { ...rule('Guide', 'max_age above private', 120, cc('private')), tag: '120' },
  { ...rule('Guide', 'max_age above no-cache', 120, cc('no-cache')), tag: '120' },
  { ...rule('Guide', 'max_age above CDN-Cache-Control', 120, cdn('no-store')), tag: '120' },
  { ...rule('Guide', 'max_age above Age', 120, field('age', '600')), tag: '120' },
  { ...rule('Guide', 'max_age of 0', 0, cc('max-age=60')), tag: '0' },
  { ...rule('Guide', 'garbage in max_age is ignored', 5, cc('max-age=5')), tag: 'an hour' },
  { ...rule('Guide', 'a negative max_age is ignored', 5, cc('max-age=5')), tag: '-1' },
  { ...rule('Guide', 'the default max-age, where nothing is said', 300), fallback: 300 },
  {
    ...rule('Guide', 'the default max-age, before the heuristic', 300, field('last-modified', date(-60))),
    fallback: 300,
  },
  { ...rule('Guide', 'the default max-age does not stand above headers', 5, cc('max-age=5')), fallback: 300 },
  { ...rule('Guide', 'the default max-age does not stand above no-store', 'never', cc('no-store')), fallback: 300 },

  // Stale answers
  {
    ...rule('9111 §4.2.4', 'nothing said: stale while it is slow or failing', 60, cc('max-age=60')),
    stale: { after: 99_999, renewing: false, failing: true },
  },
  {
    ...rule('5861 §3', 'within stale-while-revalidate', 60, cc('max-age=60, stale-while-revalidate=30')),
    stale: { after: 29, renewing: true, failing: true },
  },
  {
    ...rule('5861 §3', 'past stale-while-revalidate', 60, cc('max-age=60, stale-while-revalidate=30')),
    stale: { after: 31, renewing: false, failing: true },
  },
  {
    ...rule('5861 §4', 'within stale-if-error', 60, cc('max-age=60, stale-if-error=30')),
    stale: { after: 29, renewing: false, failing: true },
  },
  {
    ...rule('5861 §4', 'past stale-if-error', 60, cc('max-age=60, stale-if-error=30')),
    stale: { after: 31, renewing: false, failing: false },
  },
  {
    ...rule('5861 §3', 'a window that is no number is none', 60, cc('max-age=60, stale-while-revalidate=x')),
    stale: { after: 1, renewing: false, failing: true },
  },
  // Nitro and Next.js send `s-maxage=60, stale-while-revalidate`; docs/decisions/0017-windows-without-a-number.md.
  ...[cc('s-maxage=60, stale-while-revalidate'), cdn('s-maxage=60, stale-while-revalidate')].flatMap((headers) => [
    {
      ...rule('Guide', 'stale-while-revalidate without a number is a year', 60, headers),
      stale: { after: 31_535_999, renewing: true, failing: false },
    },
    {
      ...rule('Guide', 'stale-while-revalidate without a number is over after a year', 60, headers),
      stale: { after: 31_536_000, renewing: false, failing: false },
    },
  ]),
  {
    ...rule('Guide', 'the same beside max-age', 60, cc('max-age=60, stale-while-revalidate')),
    stale: { after: 31_535_999, renewing: true, failing: true },
  },
  {
    ...rule('Guide', 'stale-if-error without a number is a year', 60, cc('s-maxage=60, stale-if-error')),
    stale: { after: 31_535_999, renewing: false, failing: true },
  },
  ...['', 'x', '-1', '""'].map((text) => ({
    ...rule(
      '5861 §3',
      `stale-while-revalidate=${text} is no window`,
      60,
      cc(`s-maxage=60, stale-while-revalidate=${text}`),
    ),
    stale: { after: 1, renewing: false, failing: false },
  })),
  {
    ...rule(
      '5861 §3',
      'must-revalidate stands above it',
      60,
      cc('s-maxage=60, stale-while-revalidate, must-revalidate'),
    ),
    stale: { after: 1, renewing: false, failing: false },
  },
  ...['must-revalidate', 'proxy-revalidate'].flatMap((name) => [
    {
      ...rule('9111 §5.2.2.2', `${name} forbids stale answers`, 60, cc(`max-age=60, ${name}`)),
      stale: { after: 1, renewing: false, failing: false },
    },
    {
      ...rule(
        '9111 §5.2.2.2',
        `${name} forbids them beside a window`,
        60,
        cc(`max-age=60, ${name}, stale-while-revalidate=30, stale-if-error=30`),
      ),
      stale: { after: 1, renewing: false, failing: false },
    },
  ]),
  {
    ...rule('9111 §5.2.2.4', 'no-cache forbids stale answers', 0, cc('no-cache, stale-if-error=60')),
    stale: { after: 1, renewing: false, failing: false },
  },
  {
    ...rule('9111 §5.2.2.10', 's-maxage alone forbids stale answers', 60, cc('s-maxage=60')),
    stale: { after: 1, renewing: false, failing: false },
  },
  {
    ...rule('Guide', 's-maxage with stale-while-revalidate', 60, cc('s-maxage=60, stale-while-revalidate=30')),
    stale: { after: 29, renewing: true, failing: false },
  },
  {
    ...rule('Guide', 's-maxage with stale-if-error', 60, cc('s-maxage=60, stale-if-error=30')),
    stale: { after: 29, renewing: false, failing: true },
  },
  {
    ...rule(
      '9213 §2.2',
      'windows of CDN-Cache-Control',
      60,
      cdn('max-age=60, stale-while-revalidate=30'),
      cc('must-revalidate'),
    ),
    stale: { after: 29, renewing: true, failing: true },
  },
];
