import { msPerDay, msPerHour } from '../../../model/utc.ts';
import type { Website } from '../../../model/website.ts';
import { type AskedPeriod, askedPeriod } from '../../../usage/period.ts';
import { usageOfPeriod } from '../../../usage/usage-of-period.ts';
import { callerOf, memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { Attention, UsageQuery, Usage as UsageSchema } from '../schemas/usage.ts';
import { timeOf } from '../time.ts';

const shownFailures = 5;

/** What cards cost and gave, by day or hour and by consumer, and what needs attention. */
export function addUsageRoutes(api: Api, { store, identities, cards, clock }: ApiOptions): void {
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'usage:read' } } as const;
  const report = async (websites: readonly Website[], asked: AskedPeriod) => {
    const now = clock.now();
    const period = askedPeriod(asked, now);
    await cards.writeDown();
    const { total, days, hours, consumers, compared } = await usageOfPeriod(store.activity, websites, period, now);
    return {
      total,
      days: days.map(({ at, ...counts }) => ({ day: startOf(at, msPerDay).slice(0, 10), ...counts })),
      hours: hours.map(({ at, ...counts }) => ({ hour: startOf(at, msPerHour), ...counts })),
      consumers: [...consumers],
      compared,
    };
  };

  const ofWebsite = {
    summary: 'Usage of a website by day or hour, and by consumer',
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

const startOf = (at: number, unit: number) => new Date(at * unit).toISOString();
