import { assess } from '../server/src/freshness/assess.ts';
import { judge } from '../server/src/freshness/judge.ts';
import type { HeaderLines, Policy } from '../server/src/model/policy.ts';
import { epochMs, seconds } from '../server/src/model/units.ts';
import { type Row, show, summarise } from './statistics.ts';

const now = Date.UTC(2026, 10, 23);
const decisions = 1_000_000;
const rounds = 11;

/** What the decision about a fresh card costs, whatever its headers were; and how many random ones are read a second. */
export function benchJudging(): Row[] {
  const few = policyOf([['cache-control', 'max-age=86400, public']]);
  const many = policyOf([
    ['cache-control', 'max-age=86400, public'],
    ...Array.from({ length: 200 }, (_, n) => ['cache-control', `extension-${n}="${'x'.repeat(50)}"`] as const),
  ]);
  const [a, b] = [few, many].map((policy) => summarise(Array.from({ length: rounds }, () => costOf(policy))));
  const read = summarise(Array.from({ length: rounds }, randomHeadersPerSecond));
  if (a === undefined || b === undefined) return [];
  return [
    {
      what: 'judging a fresh card (µs), of 1 header line',
      ours: show(a, 3),
      theirs: `of 201 lines ${show(b, 3)}`,
      ratio: (b.median / a.median).toFixed(2),
      aim: '≤ 2 µs',
    },
    {
      what: 'random responses read and judged (per second, one core)',
      ours: show(read, 0),
      theirs: '',
      ratio: '',
      aim: '≥ 16667',
    },
  ];
}

/** Microseconds for one decision. */
function costOf(policy: Policy): number {
  let fresh = 0;
  const started = performance.now();
  for (let n = 0; n < decisions; n++) if (judge(policy, epochMs(now + n)).kind === 'fresh') fresh++;
  const took = performance.now() - started;
  if (fresh !== decisions) throw new Error('The card was to be fresh.');
  return (took * 1000) / decisions;
}

function policyOf(headers: HeaderLines): Policy {
  const head = {
    url: 'https://example.com/',
    status: 200,
    headers,
    requestTime: epochMs(now),
    responseTime: epochMs(now),
  };
  return assess(head, { defaultMaxAge: null, heuristicMax: seconds(600), requestHeaders: {} });
}

const names = ['cache-control', 'cdn-cache-control', 'age', 'date', 'expires', 'last-modified', 'etag', 'vary'];
const pieces =
  'max-age=,s-maxage=,no-store,private,no-cache,=,",\\,;, ,3600,-1,1.5,Mon, 23 Nov 2026 12:00:00 GMT,\u00ff'.split(',');
const responses = 20_000;

function randomHeadersPerSecond(): number {
  const pick = (from: readonly string[]) => from[Math.floor(Math.random() * from.length)] ?? '';
  const value = () => Array.from({ length: Math.floor(Math.random() * 20) }, () => pick([...pieces, ','])).join('');
  const lines = () => Array.from({ length: 1 + Math.floor(Math.random() * 8) }, () => [pick(names), value()] as const);
  const made = Array.from({ length: responses }, lines);
  const started = performance.now();
  for (const headers of made) judge(policyOf(headers), epochMs(now));
  return responses / ((performance.now() - started) / 1000);
}
