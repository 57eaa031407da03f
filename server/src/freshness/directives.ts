import { LRUCache } from 'lru-cache';
import { parseDictionary } from 'structured-headers';
import { linesOf, maxDeltaSeconds, parseDeltaSeconds } from '../http-syntax/fields.ts';
import type { HeaderLines, Remark } from '../model/policy.ts';
import { type Seconds, seconds } from '../model/units.ts';

/** Cache directives of a response: those of `CDN-Cache-Control` where it applies, else those of `Cache-Control`. */
export interface Directives {
  readonly field: 'Cache-Control' | 'CDN-Cache-Control';
  has(name: string): boolean;
  /** Without an argument: `no-cache` and not `no-cache="set-cookie"`. */
  hasUnqualified(name: string): boolean;
  /** The seconds of a directive; `invalid` without a usable number; undefined where it is absent. */
  secondsOf(name: string): Seconds | 'invalid' | undefined;
  readonly remarks: readonly Remark[];
}

/** An argument: text in `Cache-Control`, a typed value in a structured field, or none. */
type Argument = string | number | null;

/**
 * RFC 9213 §2.2: a targeted field that is present, valid and not empty replaces `Cache-Control` and `Expires`;
 * an invalid or empty one is ignored.
 */
export function readDirectives(headers: HeaderLines): Directives {
  const targeted = linesOf(headers, 'cdn-cache-control');
  if (targeted.length === 0) return usual(linesOf(headers, 'cache-control'));
  try {
    const dictionary = parseDictionary(targeted.join(', '));
    if (dictionary.size > 0) return fromDictionary(dictionary);
    return fallBack('it is empty');
  } catch {
    return fallBack('it is not a valid structured field (RFC 9213 §2.1)');
  }

  function fallBack(why: string): Directives {
    const remark = { what: `CDN-Cache-Control: ${targeted.join(', ')}`, why: `ignored: ${why}` };
    return fromCacheControl(linesOf(headers, 'cache-control'), [remark]);
  }
}

// Some 1 MB. A website's pages and their renewals say the same.
const known = new LRUCache<string, Directives>({ max: 1000 });
const longestKnown = 200;

/** Without a targeted field. */
function usual(lines: readonly string[]): Directives {
  const [line = ''] = lines;
  if (lines.length > 1 || line.length > longestKnown) return fromCacheControl(lines, []);
  const found = known.get(line) ?? fromCacheControl(lines, []);
  known.set(line, found);
  return found;
}

function fromDictionary(dictionary: ReturnType<typeof parseDictionary>): Directives {
  const found = new Map<string, Argument>();
  for (const [name, [value]] of dictionary) {
    // RFC 9213 §2.1: no argument is Boolean true, seconds are an Integer, field names are a String.
    if (value === true) found.set(name, null);
    else if (typeof value === 'number' && Number.isInteger(value)) found.set(name, value);
    else if (value !== false) found.set(name, String(value));
  }
  return directives('CDN-Cache-Control', found, [], (argument) =>
    typeof argument === 'number' && argument >= 0 ? seconds(Math.min(argument, maxDeltaSeconds)) : undefined,
  );
}

function fromCacheControl(lines: readonly string[], remarks: readonly Remark[]): Directives {
  const found = new Map<string, Argument>();
  const repeated: Remark[] = [];
  for (const { name, argument } of lines.flatMap(parseCacheControl)) {
    if (!found.has(name)) found.set(name, argument);
    // RFC 9111 §4.2.1: of several values the first one counts. (`no-cache` beside `no-cache="a"`: the stricter.)
    else if (argument === null) found.set(name, null);
    else if (found.get(name) !== argument) {
      repeated.push({ what: `Cache-Control: ${name}=${argument}`, why: 'ignored: only the first one counts' });
    }
  }
  return directives('Cache-Control', found, [...remarks, ...repeated], (argument) =>
    typeof argument === 'string' ? parseDeltaSeconds(argument) : undefined,
  );
}

function directives(
  field: Directives['field'],
  found: ReadonlyMap<string, Argument>,
  remarks: readonly Remark[],
  toSeconds: (argument: Argument) => Seconds | undefined,
): Directives {
  return {
    field,
    has: (name) => found.has(name),
    hasUnqualified: (name) => found.get(name) === null,
    secondsOf: (name) => {
      const argument = found.get(name);
      return argument === undefined ? undefined : (toSeconds(argument) ?? 'invalid');
    },
    remarks,
  };
}

// A name, then an optional argument: a token or a quoted string; RFC 9111 §5.2 wants both accepted for every directive.
// Sticky and without nested repetition, so that matching stays linear in the length of the line.
const member = /([^=,"\s]+)([ \t]*)(?:=([ \t]*)(?:"((?:[^"\\]|\\.)*)"|([^,"\s]*)))?/y;

/**
 * The directives of one `Cache-Control` line as real servers send it. Text outside the grammar never hides a directive
 * after it (`public no-store` is both) and never makes a number: with white space around `=`, or anything between an
 * argument and the next comma, the argument is not a number of seconds.
 */
function parseCacheControl(line: string): Array<{ name: string; argument: string | null }> {
  const list: Array<{ name: string; argument: string | null }> = [];
  for (let at = 0; at < line.length; ) {
    member.lastIndex = at;
    const match = member.exec(line);
    if (match?.[1] === undefined) {
      at++; // a comma, white space, or garbage
      continue;
    }
    at = member.lastIndex;
    const [, name, before, inside, quoted, token = ''] = match;
    const clean = before === '' && inside === '' && /^[ \t]*(,|$)/.test(line.slice(at, at + 64));
    const argument = quoted === undefined ? token : quoted.replace(/\\(.)/g, '$1');
    list.push({ name: name.toLowerCase(), argument: inside === undefined ? null : clean ? argument : '' });
  }
  return list;
}
