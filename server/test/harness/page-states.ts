import type { PageStatusKind } from '../../src/model/page-status.ts';
import type { Website } from '../../src/model/website.ts';
import { type Origin, page } from './origin.ts';
import type { TestService } from './service.ts';

/** A service, a website of it, and the website's own server. */
export interface Site {
  readonly test: TestService;
  readonly website: Website;
  readonly origin: Origin;
}

/** One cell of the table of states by what is kept, and how a page comes to be in it. */
export interface Cell {
  readonly kind: PageStatusKind;
  /** What is kept, and what else matters. */
  readonly kept: string;
  readonly says: RegExp;
  /** Leaves the page in that state. */
  readonly reach: (site: Site, target: string) => Promise<unknown>;
}

const html = (headers: Record<string, string>, more: Parameters<typeof page>[0] = {}) => page({ headers, ...more });
const fresh = html({ 'Cache-Control': 'max-age=600' });
const withEtag = (cacheControl: string) => html({ 'Cache-Control': cacheControl, ETag: '"a"' });
const failing = page({ status: 503 });
const blank = html({ 'Cache-Control': 'max-age=60' }, { body: '' });
const facebook = { 'user-agent': 'facebookexternalhit/1.1' };

type Answer = Origin['answer'];

/** Has the card asked for, with each answer of the site in turn, and some time before each. */
const asked =
  (...answers: ReadonlyArray<readonly [answer: Answer, secondsBefore?: number, headers?: Record<string, string>]>) =>
  async ({ test, website, origin }: Site, target: string) => {
    for (const [answer, secondsBefore = 0, headers = {}] of answers) {
      test.clock.move(secondsBefore);
      origin.answer = answer;
      await test.card(website, target, headers);
    }
  };

const later =
  (reach: Cell['reach'], seconds: number): Cell['reach'] =>
  async (site, target) => {
    await reach(site, target);
    site.test.clock.move(seconds);
  };

const iso = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;

/** Every cell that a page can be in. */
export const cells: readonly Cell[] = [
  {
    kind: 'fresh',
    kept: 'a picture',
    says: new RegExp(`^Kept pictures are sent until ${iso}, without asking the site\\.$`),
    reach: asked([fresh]),
  },
  {
    kind: 'stale',
    kept: 'a picture, the page has an ETag',
    says: /^The lifetime is over\. The next request asks the site whether the page changed, and draws it only if it did\.$/,
    reach: later(asked([withEtag('max-age=60')]), 61),
  },
  {
    kind: 'stale',
    kept: 'a picture, the page has no validator',
    says: /^The lifetime is over\. The next request fetches the page and draws it again\.$/,
    reach: later(asked([html({ 'Cache-Control': 'max-age=60' })]), 61),
  },
  {
    kind: 'stale',
    kept: 'nothing, because there was no room',
    says: /^No picture is kept\. The next request fetches the page and draws it\.$/,
    reach: async (site, target) => {
      await asked([fresh])(site, target);
      const { store } = site.test.service;
      await store.sweep(0, site.test.clock.now());
    },
  },
  {
    kind: 'must-be-asked',
    kept: 'a picture, the page has an ETag',
    says: /^Every request asks the site whether the page changed\. It is drawn again only if it did\.$/,
    reach: asked([withEtag('no-cache')]),
  },
  {
    kind: 'must-be-asked',
    kept: 'a picture, the page has no validator',
    says: /^Every request fetches the page and draws it again, because the page has no lifetime and no ETag or Last-Modified\.$/,
    reach: asked([html({})]),
  },
  {
    kind: 'never-kept',
    kept: 'nothing',
    says: /^Every request fetches the page and draws it, because Cache-Control: no-store forbids keeping it\.$/,
    reach: asked([html({ 'Cache-Control': 'no-store' })]),
  },
  {
    kind: 'never-kept',
    kept: 'nothing, after a failure',
    says: /^Every request fetches the page and draws it, because Cache-Control: no-store forbids keeping it\.$/,
    reach: asked([failing], [html({ 'Cache-Control': 'no-store' }), 60]),
  },
  {
    kind: 'purged',
    kept: 'nothing',
    says: /^The kept pictures were dropped\. The next request fetches the page and draws it\.$/,
    reach: async (site, target) => {
      await asked([fresh])(site, target);
      site.test.clock.move(1);
      await site.test.service.store.changes.purge(site.website.id, { kind: 'website' });
    },
  },
  {
    kind: 'purged',
    kept: 'nothing, because a setting was changed',
    says: /^The kept pictures were dropped\. The next request fetches the page and draws it\.$/,
    reach: async (site, target) => {
      await asked([fresh])(site, target);
      site.test.clock.move(1);
      const { websites } = site.test.service.store;
      await websites.changeSettings(site.website.id, { viewportWidth: 800 });
      await websites.changeSettings(site.website.id, { viewportWidth: null });
    },
  },
  {
    kind: 'failing',
    kept: 'a fresh picture, in another language',
    says: new RegExp(`^The page answers 503\\. Kept pictures are sent until ${iso}\\.$`),
    reach: asked(
      [html({ 'Cache-Control': 'max-age=600', Vary: 'Accept-Language' })],
      [failing, 1, { 'accept-language': 'de' }],
    ),
  },
  {
    kind: 'failing',
    kept: 'an old picture that may be sent',
    says: /^The page answers 503\. The kept picture is sent instead, and later requests try again\.$/,
    reach: asked([html({ 'Cache-Control': 'max-age=60' })], [failing, 61]),
  },
  {
    kind: 'failing',
    kept: 'an old picture that may not be sent',
    says: /^The page answers 503\. Networks get an error\. Cache-Control: must-revalidate forbids sending the kept picture without asking the site\.$/,
    reach: asked([html({ 'Cache-Control': 'max-age=60, must-revalidate' })], [failing, 61]),
  },
  {
    kind: 'failing',
    kept: 'nothing, since it never worked',
    says: /^The page answers 503\. Networks get an error\. No picture is kept\. Later requests try again\.$/,
    reach: asked([failing]),
  },
  {
    kind: 'failing',
    kept: 'nothing, after a purge',
    says: /^The page answers 503\. Networks get an error\. No picture is kept\. Later requests try again\.$/,
    reach: async (site, target) => {
      await asked([html({ 'Cache-Control': 'max-age=60' })], [failing, 61])(site, target);
      site.test.clock.move(1);
      await site.test.service.store.changes.purge(site.website.id, { kind: 'website' });
    },
  },
  {
    kind: 'unfinished',
    kept: 'nothing',
    says: /^The last drawing was incomplete or empty, so it is sent for a short time and not kept\. Later requests draw the page again\.$/,
    reach: asked([blank]),
  },
  {
    kind: 'unfinished',
    kept: 'an older picture',
    says: /^The last drawing was incomplete or empty, so the older picture is sent\. Later requests draw the page again\.$/,
    reach: asked([html({ 'Cache-Control': 'max-age=60' })], [blank, 61]),
  },
  {
    kind: 'gone',
    kept: 'nothing',
    says: /^The page answers 410: there is no card\. The site is asked again for every request\.$/,
    reach: asked([page({ status: 410 })]),
  },
  {
    kind: 'gone',
    kept: 'that it is gone',
    says: new RegExp(`^The page answers 404: there is no card\\. The site is asked again after ${iso}\\.$`),
    reach: asked([page({ status: 404, headers: { 'Cache-Control': 'max-age=600' } })]),
  },
  {
    kind: 'gone',
    kept: 'the picture of another network',
    says: /^The page answers 410: there is no card\..* Older pictures are kept until their networks ask again\.$/,
    reach: asked(
      [html({ 'Cache-Control': 'max-age=60' }), 0, facebook],
      [page({ status: 410, headers: { 'Cache-Control': 'max-age=600' } }), 61],
    ),
  },
  {
    kind: 'never-asked',
    kept: 'nothing',
    says: /^No card of this page has been requested yet\. The first request fetches the page and draws it\.$/,
    reach: async () => {},
  },
];
