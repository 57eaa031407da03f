import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import sharp from 'sharp';
import { assertCardOf, assertKeepsCardFor, assertOpenGraphTags } from '../../client/testing/index.ts';
import type { Website } from '../../server/src/model/website.ts';
import { apiKeyOf, newPublicKey, secretKeyOf } from '../../server/src/websites/keys.ts';
import { masterKey } from '../../server/src/websites/master-key.ts';
import { parseOrigin } from '../../server/src/websites/parse.ts';
import { isClose, pixel } from '../../server/test/harness/pixels.ts';
import { startTestService, type TestService } from '../../server/test/harness/service.ts';
import { buildSite, connection, type Site, type SiteOptions, siteUrl } from './site.ts';

// The service's own, as it fetches a page for a card: some frameworks send crawlers another document than browsers.
const crawler = { 'user-agent': 'Mozilla/5.0 (compatible; OpenGraphPlus/0.1; like Twitterbot)' };

/** What a request for a card cost. */
export interface Cost {
  readonly status: number;
  readonly requests: number;
  readonly renders: number;
}
export const nothing: Cost = { status: 200, requests: 0, renders: 0 };
export const drawn: Cost = { status: 200, requests: 1, renders: 1 };
export const revalidated: Cost = { status: 200, requests: 1, renders: 0 };

/** An example and a service that has it as a website; hooks start and stop both. */
export class Example {
  readonly #name: string;
  #parts: { readonly site: Site; readonly test: TestService; readonly website: Website; apiKey: string } | undefined;

  constructor(options: SiteOptions) {
    this.#name = options.name;
    before(async () => {
      const site = await buildSite(options);
      const test = await startTestService();
      const publicKey = newPublicKey();
      const website = await test.service.store.websites.create({
        origin: parseOrigin(site.url),
        connection: connection as Website['connection'],
        publicKey,
        createdAt: test.clock.now(),
      });
      assert.ok(website !== undefined);
      const apiKey = apiKeyOf(publicKey, secretKeyOf(await masterKey({ dataDir: test.dataDir }), publicKey));
      this.#parts = { site, test, website, apiKey };
      await site.start({ OGPLUS_SERVICE: test.service.address, OGPLUS_API_KEY: apiKey });
    });
    after(async () => {
      await this.#parts?.test[Symbol.asyncDispose]();
      await this.#parts?.site[Symbol.asyncDispose]();
    });
  }

  get site(): Site {
    return this.#started.site;
  }

  get test(): TestService {
    return this.#started.test;
  }

  get website(): Website {
    return this.#started.website;
  }

  get apiKey(): string {
    return this.#started.apiKey;
  }

  get #started() {
    if (this.#parts === undefined) throw new Error('The tests have not started.');
    return this.#parts;
  }

  fetch(target: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.site.url + target, { ...init, headers: { ...crawler, ...init.headers } });
  }

  async cost(target: string, headers: Record<string, string> = {}): Promise<Cost> {
    const [requests, renders] = [this.site.heard.length, this.test.service.renderer.started];
    const { status } = await this.test.card(this.website, target, headers);
    return {
      status,
      requests: this.site.heard.length - requests,
      renders: this.test.service.renderer.started - renders,
    };
  }

  purge(target: string): Promise<unknown> {
    return this.test.service.store.changes.purge(this.website.id, { kind: 'page', target: target as never });
  }

  /** The tests that every page of every example passes. @param accent the colour at the foot of its card. */
  page(
    target: string,
    { keptFor, accent }: { readonly keptFor: number; readonly accent: readonly [number, number, number] },
  ): void {
    it(`${target} has its tags, and says how long its card is kept`, async () => {
      const response = await this.fetch(target);
      await assertOpenGraphTags(response);
      await assertCardOf(response, siteUrl + target);
      await assertKeepsCardFor(response, keptFor);
    });

    it(`${target} is asked for no more often than it says, and drawn again after a purge`, async () => {
      assert.deepEqual(await this.cost(target), drawn);
      const { requests, renders } = await this.cost(target);
      if (keptFor > 0) assert.deepEqual({ requests, renders }, { requests: 0, renders: 0 });
      else assert.equal(requests, 1);
      await this.purge(target);
      assert.deepEqual(await this.cost(target), drawn);
    });

    it(`${target} has a card that is its design`, async () => {
      const { body } = await this.test.card(this.website, target);
      const { width, height } = await sharp(body).metadata();
      assert.deepEqual([width, height], [2400, 1260]);
      const folder = process.env['OGPLUS_CARDS'];
      if (folder !== undefined) {
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, `${this.#name}${target.replaceAll(/\W+/g, '-')}.jpg`), body);
      }
      const foot = await pixel(body, 1200, 1250);
      assert.ok(isClose(foot, [...accent]), `${foot} in place of ${accent}`);
    });
  }
}
