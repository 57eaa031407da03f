import type { Decisions } from '../cards/decisions.ts';
import type { Clock } from '../model/units.ts';
import type { Website, WebsiteId } from '../model/website.ts';
import type { Store } from '../store/ports/store.ts';
import { announce } from './messages.ts';

export interface FailingPagesOptions {
  readonly store: Store;
  readonly decisions: Decisions;
  readonly clock: Clock;
}

// A website that is down has a thousand failing pages: they are told of little by little, while they still fail.
const mostAtOnce = 20;
const mostFailing = 200;

/** Tells webhooks which pages began to fail, and which recovered, since the last look; both once. */
export async function tellOfFailingPages(options: FailingPagesOptions, websiteId: WebsiteId): Promise<void> {
  const { store, decisions, clock } = options;
  const website = await store.websites.byId(websiteId);
  if (website === undefined) return;
  await decisions.write();
  const { newest } = await store.activity.failingPages(websiteId, mostFailing);
  const failing = new Set(newest.map(({ target }) => target));
  const reported = new Set(await store.webhooks.reported(websiteId));
  const begun = newest.filter(({ target }) => !reported.has(target)).slice(0, mostAtOnce);
  for (const { target, at, failure } of begun) {
    if (!(await store.webhooks.report(websiteId, target))) continue; // another process told of it
    const data = { page: pageOf(website, target), reason: failure, at: new Date(at).toISOString() };
    await announce(store, website, 'page.failing', data, clock.now());
  }
  for (const target of reported) {
    if (failing.has(target)) continue;
    const [last] = (await decisions.of(websiteId, target)).filter(({ kind }) => kind !== 'purged');
    if (last?.kind === 'failed' || !(await store.webhooks.unreport(websiteId, target))) continue;
    if (last === undefined) continue; // forgotten: nobody knows how it is
    const data = { page: pageOf(website, target), at: new Date(last.at).toISOString() };
    await announce(store, website, 'page.recovered', data, clock.now());
  }
}

function pageOf({ origin }: Website, target: string) {
  return { target, url: target.startsWith('/') ? origin + target : target };
}
