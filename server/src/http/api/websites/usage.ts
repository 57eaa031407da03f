import type { Website } from '../../../model/website.ts';
import { type AskedDays, askedDays } from '../../../usage/days.ts';
import { comparedUsage, usageReport } from '../../../usage/report.ts';
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
  const report = async (websites: readonly Website[], asked: AskedDays) => {
    const today = dayOf(clock.now());
    const { first, last } = askedDays(asked, today);
    await cards.writeDown();
    const days = last - first + 1;
    // Whole days alone are compared: today is not over.
    const end = Math.min(last + 1, today);
    const earliest = end - 2 * days;
    const ids = websites.map(({ id }) => id);
    const { usage, renderTimes } = await store.activity.usageOf(ids, earliest);
    const shown = usage.filter(({ day }) => day >= first && day <= last);
    const times = renderTimes.filter(({ day }) => day >= first && day <= last);
    const { total, days: each, consumers } = usageReport(shown, times, first, last);
    // A day on which a website was not there yet is no quiet day.
    const isOld = websites.every(({ createdAt }) => dayOf(createdAt) < earliest);
    const compared = isOld ? comparedUsage(usage, days, end) : null;
    return { total, days: [...each], consumers: [...consumers], compared };
  };

  const ofWebsite = {
    summary: 'Usage of a website by day and by consumer',
    params: WebsiteParams,
    querystring: UsageQuery,
    response: { 200: UsageSchema },
  };
  api.get('/websites/:websiteId/usage', { config: viewer, schema: ofWebsite }, async (request) => {
    return report([memberOf(request).website], request.query);
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
      return report(websites, request.query);
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
    const failures = newest.map(({ target, at, failure, consumer }) => ({ target, at: timeOf(at), failure, consumer }));
    return { failing: count, failures };
  });
}
