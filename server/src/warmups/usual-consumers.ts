import { consumerNamed, generic } from '../model/consumers.ts';
import type { EpochMs } from '../model/units.ts';
import type { WebsiteId } from '../model/website.ts';
import type { Store } from '../store/ports/store.ts';

const dayMs = 86_400_000;
const lookedBackDays = 30;
// For a website that nobody asked yet: where most links are shared.
const mostShared = [generic.name, 'facebook', 'twitter', 'linkedin', 'slack', 'whatsapp'];
const most = 10;

/** Who asked for the website's cards within a month, most requests first. */
export async function usualConsumers({ activity }: Store, websiteId: WebsiteId, now: EpochMs): Promise<string[]> {
  const { usage } = await activity.usageOf([websiteId], Math.floor(now / dayMs) - lookedBackDays);
  const asked = new Map<string, number>();
  for (const { consumer, requests } of usage) asked.set(consumer, (asked.get(consumer) ?? 0) + requests);
  const names = [...asked]
    .filter(([name, requests]) => requests > 0 && consumerNamed(name) !== undefined)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name]) => name);
  return names.length > 0 ? names.slice(0, most) : mostShared;
}
