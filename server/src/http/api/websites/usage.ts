import type { WebsiteId } from '../../../model/website.ts';
import { usageReport } from '../../../usage/report.ts';
import { dayOf } from '../../../usage/usage.ts';
import { callerOf, memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { Attention, UsageQuery, Usage as UsageSchema } from '../schemas/usage.ts';
import { timeOf } from '../time.ts';

const shownFailures = 5;

/** What cards cost and gave, by day and by consumer, and what needs attention. */
export function addUsageRoutes(api: Api, { store, identities, cards, clock }: ApiOptions): void {
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'usage:read' } } as const;
  const report = async (websiteIds: readonly WebsiteId[], days = 30) => {
    await cards.writeDown();
    const last = dayOf(clock.now());
    const first = last - days + 1;
    const counted = await store.activity.usageOf(websiteIds, first);
    const { total, days: each, consumers } = usageReport(counted.usage, counted.renderTimes, first, last);
    return { total, days: [...each], consumers: [...consumers] };
  };

  const ofWebsite = {
    summary: 'Usage of a website by day and by consumer',
    params: WebsiteParams,
    querystring: UsageQuery,
    response: { 200: UsageSchema },
  };
  api.get('/websites/:websiteId/usage', { config: viewer, schema: ofWebsite }, async (request) => {
    return report([memberOf(request).website.id], request.query.days);
  });

  const ofAll = {
    summary: "Usage of all of the caller's websites",
    querystring: UsageQuery,
    response: { 200: UsageSchema },
  };
  api.get(
    '/usage',
    { config: { access: { who: 'identified', scope: 'usage:read' } }, schema: ofAll },
    async (request) => {
      const websites = await identities.websitesOf(callerOf(request));
      return report(
        websites.map(({ id }) => id),
        request.query.days,
      );
    },
  );

  const attention = {
    summary: 'What needs attention first',
    params: WebsiteParams,
    response: { 200: Attention },
  };
  api.get('/websites/:websiteId/attention', { config: viewer, schema: attention }, async (request) => {
    await cards.writeDown();
    const { count, newest } = await store.activity.failingPages(memberOf(request).website.id, shownFailures);
    const failures = newest.map(({ target, at, failure }) => ({ target, at: timeOf(at), failure }));
    return { failing: count, failures };
  });
}
