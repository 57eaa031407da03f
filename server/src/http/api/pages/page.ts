import { pageFacts } from '../../../cards/inspect/page-facts.ts';
import { newestOf, statusOfPage } from '../../../cards/inspect/what-next.ts';
import { connectionUrl } from '../../../config.ts';
import { cachingFault } from '../../../freshness/advice.ts';
import { explain } from '../../../freshness/explain.ts';
import { judge } from '../../../freshness/judge.ts';
import type { KeptCard } from '../../../model/card.ts';
import type { Decision, Explanation } from '../../../model/decision.ts';
import type { PageStatus } from '../../../model/page-status.ts';
import type { ResponseHead } from '../../../model/policy.ts';
import { Problem } from '../../../model/problem.ts';
import type { EpochMs } from '../../../model/units.ts';
import type { Target, Website } from '../../../model/website.ts';
import { addressOf, parsePageUrl } from '../../../websites/parse.ts';
import { readPageUrl } from '../../connection/parse-input.ts';
import { callerOf, memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { PageDetail, PageQuery } from '../schemas/pages.ts';
import { PreviewQuery } from '../schemas/preview.ts';
import { timeOf } from '../time.ts';
import { pictureHref } from './picture.ts';
import { targetOf, urlOf } from './targets.ts';

/** One page: its cards, decisions and tags. */
export function addPageRoutes(api: Api, options: ApiOptions): void {
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'pages:read' } } as const;
  const byPath = {
    summary: 'One page: its cards, decisions and tags',
    params: WebsiteParams,
    querystring: PageQuery,
    response: { 200: PageDetail },
  };
  api.get('/websites/:websiteId/page', { config: viewer, schema: byPath }, async (request) => {
    const { website } = memberOf(request);
    return pageJson(options, website, targetOf(website, request.query.target));
  });

  // With a website's key, a client knows only a page's address, not the website's id.
  const known = { access: { who: 'identified', scope: 'pages:read' } } as const;
  const byUrl = {
    summary: "The same, by the page's URL, for clients with a website's key",
    querystring: PreviewQuery,
    response: { 200: PageDetail },
  };
  api.get('/page', { config: known, schema: byUrl }, async (request) => {
    const { origin, target } = readPageUrl(request.query.url);
    const own = await options.identities.websitesOf(callerOf(request));
    const website = own.find((one) => one.origin === origin);
    if (website === undefined) throw new Problem('forbidden', `${origin} is not one of your websites.`);
    return pageJson(options, website, target);
  });
}

async function pageJson(options: ApiOptions, website: Website, target: Target) {
  const { store, decisions, clock, readImage } = options;
  await options.cards.writeDown();
  const cards = await store.cards.ofPage(website.id, target);
  const decided = await decisions.of(website.id, target);
  const { condition, tags, requests, askedAt } = await store.activity.pageRecord(website.id, target);
  const now = clock.now();
  const card = newestOf(cards);
  const unkept = decisions.unkept(website.id, target);
  const status = statusOfPage(website, { condition, cards, decisions: decided, unkept }, now);
  // For a page that is never kept, the last decision is all that is known.
  const explanation = card ? explain(card, now) : decided.find((one) => one.explanation)?.explanation;
  const seen = [addressOf(website, target), ...(card === undefined ? [] : [parsePageUrl(card.head.url)])] as const;
  const facts = tags && (await pageFacts(tags, seen, readImage));
  return {
    target,
    url: urlOf(website, target),
    cardUrl: target.startsWith('/') ? connectionUrl(options, website.connection) + target : null,
    cards: cards.map((kept) => cardJson(website, kept, now)),
    status: statusJson(status),
    // The reasons are those of the last response; the status says what they mean now.
    explanation: explanation ? { ...explanationJson(explanation), verdict: status.says } : null,
    cachingFault: card ? cachingFault(card, now) : status.kind === 'never-kept' ? ('never-kept' as const) : null,
    decisions: decided.map(decisionJson),
    document: facts && { ...facts, tags: [...facts.tags], findings: [...facts.findings] },
    requests: [...requests],
    askedAt: askedAt && timeOf(askedAt),
    response: card ? responseJson(card.head) : null,
  };
}

export function statusJson({ kind, says, until }: PageStatus) {
  return { kind, says, until: until === null ? null : timeOf(until) };
}

function cardJson(website: Website, { id, outcome, policy }: KeptCard, now: EpochMs) {
  const picture = outcome.kind === 'picture' ? outcome.picture : null;
  return {
    consumer: id.consumer,
    variant: id.variant,
    state: outcome.kind === 'gone' ? ('gone' as const) : judge(policy, now).kind,
    freshUntil: timeOf(policy.freshUntil),
    drawnAt: outcome.kind === 'picture' ? timeOf(outcome.renderedAt) : null,
    gone: outcome.kind === 'gone' ? outcome.status : null,
    picture,
    href: picture && pictureHref(website, id.target, id.consumer, picture, id.variant),
  };
}

function decisionJson({ at, explanation, remarks = [], by, ...decision }: Decision) {
  return {
    ...decision,
    remarks: [...remarks],
    by: by ?? null,
    at: timeOf(at),
    explanation: explanation && explanationJson(explanation),
  };
}

/** @param head with the kept fields only (`judgedFields`). */
export function responseJson({ url, status, headers, responseTime }: ResponseHead) {
  return {
    url,
    status,
    headers: headers.map(([name, value]) => ({ name, value })),
    fetchedAt: timeOf(responseTime),
  };
}

/** A mutable copy, as the schema's type requires. */
export function explanationJson({ verdict, reasons, ignored, advice }: Explanation) {
  return { verdict, reasons: [...reasons], ignored: [...ignored], advice: [...advice] };
}
