import { assessPage } from '../../server/src/cards/assess-page.ts';
import { explain } from '../../server/src/freshness/explain.ts';
import { judge } from '../../server/src/freshness/judge.ts';
import type { HeaderLines } from '../../server/src/model/policy.ts';
import { epochMs, seconds } from '../../server/src/model/units.ts';
import { pageTags } from '../../server/src/origin/tags.ts';
import type { Tag } from '../src/index.ts';
import type { HeaderFields, Judgement, JudgeOptions, ReadTag, ResponseHead } from './types.ts';

// The service's own, unless its operator sets another.
const heuristicMax = seconds(600);

/**
 * How long the card of a page is kept, and why: what `ogplus explain` says.
 * @param response the page's, as a test got it.
 * @param tags as `readTags` or `og.tags` give them; they stand above headers.
 */
export function judgeCard(
  response: ResponseHead,
  tags: ReadonlyArray<ReadTag | Tag> = [],
  { defaultMaxAge, now = Date.now() }: JudgeOptions = {},
): Judgement {
  const time = epochMs(now);
  const head = {
    url: '',
    status: response.status ?? 200,
    headers: linesOf(response.headers),
    requestTime: time,
    responseTime: time,
  };
  const ours = pageTags(
    tags.map((tag) => ({ name: 'property' in tag ? tag.property : tag.name, content: tag.content })),
  );
  const policy = assessPage(head, [], {
    maxAgeTag: ours.maxAge,
    defaultMaxAge: defaultMaxAge === undefined ? null : seconds(defaultMaxAge),
    heuristicMax,
    requestHeaders: {},
  });
  const isKept = policy.storeForbiddenBy === null && judge(policy, time).kind === 'fresh';
  const isPage = head.status !== 404 && head.status !== 410;
  return {
    ...explain({ head, policy, versionTag: ours.etag ?? null }, time),
    keptFor: isKept && isPage ? policy.lifetime : 0,
  };
}

function linesOf(fields: HeaderFields): HeaderLines {
  const pairs = Symbol.iterator in fields ? [...fields] : Object.entries(fields);
  return pairs.flatMap(([name, value]) =>
    value === undefined
      ? []
      : (Array.isArray(value) ? value : [value]).map((line) => [name.toLowerCase(), String(line)] as const),
  );
}
