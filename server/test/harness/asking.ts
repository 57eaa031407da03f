import { after, before, beforeEach } from 'node:test';
import type { Website } from '../../src/model/website.ts';
import { type Origin, page, startOrigin } from './origin.ts';
import { type CardResponse, startTestService, type TestService } from './service.ts';

export interface Asked extends CardResponse {
  /** What the answer cost: requests that the origin heard, and renders. */
  readonly requests: number;
  readonly renders: number;
}

/** A service, an origin that it has as a website, and a page of it that no test before has asked for. */
export class Asking {
  target = '/';
  #counter = 0;
  #parts: { readonly test: TestService; readonly origin: Origin; readonly website: Website } | undefined;

  /** Registers the hooks that start, renew and stop everything; call it once, outside of tests. */
  constructor(env: Record<string, string> = {}) {
    before(async () => {
      const test = await startTestService(env);
      const origin = await startOrigin(page());
      this.#parts = { test, origin, website: await test.website(origin.url) };
    });
    after(async () => {
      await this.test[Symbol.asyncDispose]();
      await this.origin[Symbol.asyncDispose]();
    });
    beforeEach(() => {
      this.target = `/page-${++this.#counter}`;
      this.origin.heard.length = 0;
    });
  }

  get test(): TestService {
    return this.#started.test;
  }

  get origin(): Origin {
    return this.#started.origin;
  }

  get website(): Website {
    return this.#started.website;
  }

  get #started() {
    if (this.#parts === undefined) throw new Error('The tests have not started.');
    return this.#parts;
  }

  /** Asks for the page's card, and says what it cost. */
  async ask(headers: Record<string, string> = {}, target = this.target): Promise<Asked> {
    const requests = this.origin.heard.length;
    const renders = this.test.service.renderer.started;
    const response = await this.test.card(this.website, target, headers);
    return {
      ...response,
      requests: this.origin.heard.length - requests,
      renders: this.test.service.renderer.started - renders,
    };
  }
}

export const cost = ({ status, requests, renders }: Asked) => ({ status, requests, renders });
export const nothing = { status: 200, requests: 0, renders: 0 };
export const drawn = { status: 200, requests: 1, renders: 1 };
export const revalidated = { status: 200, requests: 1, renders: 0 };
