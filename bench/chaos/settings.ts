import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../siege/random.ts';
import { type Answer, type AskOptions, ask, type Checker, isWithoutDatabase } from './clients.ts';
import type { Node } from './nodes.ts';
import { Register } from './register.ts';
import { readSettledPicture, type SettledPicture, type SettledSite, widths } from './settled-site.ts';

/** A website as `ogplus site create` prints it. */
export interface MadeWebsite {
  readonly id: number;
  readonly connection: string;
  readonly publicKey: string;
  readonly apiKey: string;
}

export interface SettingsOptions {
  readonly random: Random;
  readonly nodes: readonly Node[];
  readonly checker: Checker;
  readonly site: SettledSite;
  /** Runs a command of `ogplus` on the database; rejects if it fails. Gives what it printed. */
  readonly command: (...args: string[]) => Promise<string>;
}

const ownHost = 'cards.chaos.example';

/** A website that is removed and made again has another connection each time. */
interface Incarnation {
  readonly website: MadeWebsite;
  readonly isThere: Register<boolean>;
  readonly madeAt: number;
}

/**
 * Changes the settings of websites, their keys and the websites themselves, and holds answers against what was set when. A
 * change that was answered holds on every node.
 */
export class Settings {
  readonly #options: SettingsOptions;
  readonly #website: MadeWebsite;
  readonly #isWide = new Register(true);
  readonly #isKept = new Register(false);
  readonly #mayRedirect = new Register(false);
  readonly #hasOwnHost = new Register(false);
  #key: { readonly publicKey: string; readonly isValid: Register<boolean> } | undefined;
  #other: Incarnation | undefined;

  private constructor(options: SettingsOptions, website: MadeWebsite) {
    this.#options = options;
    this.#website = website;
  }

  static async start(options: SettingsOptions): Promise<Settings> {
    const made = await options.command('site', 'create', options.site.origin(2), '--json');
    return new Settings(options, JSON.parse(made));
  }

  /** One change at random. */
  async change(): Promise<void> {
    const { random, site, checker } = this.#options;
    const changes: Readonly<Record<string, () => Promise<boolean>>> = {
      'viewport width': () => {
        const isWide = random.below(2) === 0;
        return this.#isWide.change(isWide, () => this.#set({ viewportWidth: widths[isWide ? 1 : 0] }));
      },
      'default max-age': () => {
        const isKept = random.below(2) === 0;
        // It is judged by when a page is fetched: the cards of before are purged.
        return this.#isKept.change(
          isKept,
          async () => (await this.#set({ defaultMaxAge: isKept ? 600 : null })) && (await this.#purge('/undeclared')),
        );
      },
      'redirect hosts': () => {
        const may = random.below(2) === 0;
        return this.#mayRedirect.change(may, () => this.#set({ redirectHosts: may ? [site.redirectHost] : [] }));
      },
      'own host': () => {
        const has = random.below(2) === 0;
        return this.#hasOwnHost.change(has, () => this.#setOwnHost(has ? ownHost : 'none'));
      },
      'a key': () => this.#changeKey(),
      'a website': () => this.#changeWebsite(),
    };
    const [what, change] = random.one(Object.entries(changes));
    site.edit();
    checker.count(`change of ${what}: ${(await change()) ? 'answered' : 'not answered'}`);
  }

  /** One request whose card is not kept. One at a time: whoever waits for another's fetch gets what that one may see. */
  async askUnkept(): Promise<void> {
    await this.#askRedirected({ path: '/redirected', host: this.#connectionHost });
    await pause(this.#options.random.below(500));
  }

  /** One request at random, and what it should have seen. */
  async ask(): Promise<void> {
    const { random } = this.#options;
    const host = this.#connectionHost;
    const asks: ReadonlyArray<() => Promise<void>> = [
      () => this.#askWidth({ path: '/width', host }),
      () => this.#askLanguage({ path: '/language', host }, random.one(['de', 'en'])),
      () => this.#askUndeclared({ path: '/undeclared', host }),
      () => this.#askThere('the own host', this.#hasOwnHost, { path: '/width', host: ownHost }),
      () => this.#askKey(),
      () => this.#askOther(),
    ];
    await random.one(asks)();
    await pause(20 + random.below(100));
  }

  get #connectionHost(): string {
    return `${this.#website.connection}.localhost`;
  }

  async #askWidth(options: AskOptions): Promise<void> {
    await this.#asked(options, (picture, from, to) => {
      const isWide = this.#isWide.certain(from, to);
      if (isWide !== undefined && picture.isWide !== isWide)
        return `is ${picture.isWide ? 'wide' : 'narrow'} after the width was set to ${isWide ? 'wide' : 'narrow'}`;
      return undefined;
    });
  }

  async #askLanguage(options: AskOptions, language: string): Promise<void> {
    await this.#asked({ ...options, headers: { 'accept-language': language } }, ({ isGerman }) =>
      isGerman === (language === 'de')
        ? undefined
        : `is ${isGerman ? '' : 'not '}German for somebody who reads ${language}`,
    );
  }

  async #askUndeclared(options: AskOptions): Promise<void> {
    const { site } = this.#options;
    await this.#asked(options, ({ version }, from, to, answer) => {
      // Those that waited for another's fetch, or got a card because it failed, say so.
      const status = String(answer.headers['cache-status']);
      if (this.#isKept.certain(from, to) !== false || /collapsed|detail=/.test(status)) return undefined;
      const least = site.versionAt(from);
      return version >= least ? undefined : `shows version ${version} of ${least} without a default max-age: ${status}`;
    });
  }

  async #askRedirected(options: AskOptions): Promise<void> {
    const from = performance.now();
    const answer = await this.#answer(options);
    if (answer === undefined) return;
    const may = this.#mayRedirect.certain(from, performance.now());
    if (answer.status === (may === false ? 403 : 200) || may === undefined) return;
    this.#fault(options, `${answer.status} while redirects there were ${may ? '' : 'not '}allowed`);
  }

  async #askKey(): Promise<void> {
    if (this.#key === undefined) return;
    const { publicKey, isValid } = this.#key;
    const path = `/api/websites/v1/domain/${publicKey}/image/width`;
    await this.#askThere('the key', isValid, { path, host: undefined });
  }

  async #askOther(): Promise<void> {
    if (this.#other === undefined) return;
    const { website, isThere, madeAt } = this.#other;
    const options = { path: '/width', host: `${website.connection}.localhost` };
    const least = this.#options.site.versionAt(madeAt);
    await this.#askThere('the website', isThere, options, ({ version }) =>
      version >= least ? undefined : `shows version ${version} of before the website was made again, at ${least}`,
    );
  }

  /** Whether what is asked for is there exactly while it should be. */
  async #askThere(
    what: string,
    isThere: Register<boolean>,
    options: AskOptions,
    judge: (picture: SettledPicture) => string | undefined = () => undefined,
  ): Promise<void> {
    const from = performance.now();
    const answer = await this.#answer(options);
    if (answer === undefined) return;
    const certain = isThere.certain(from, performance.now());
    if (certain !== undefined && (answer.status === 200) !== certain)
      return this.#fault(options, `${answer.status} while ${what} was ${certain ? '' : 'not '}there`);
    const why = answer.status === 200 ? judge(await readSettledPicture(answer.body)) : undefined;
    if (why !== undefined) this.#fault(options, why);
  }

  async #asked(
    options: AskOptions,
    judge: (picture: SettledPicture, from: number, to: number, answer: Answer) => string | undefined,
  ): Promise<void> {
    const from = performance.now();
    const answer = await this.#answer(options);
    if (answer === undefined) return;
    const to = performance.now();
    if (answer.status !== 200) return this.#fault(options, `${answer.status} ${answer.body.toString().slice(0, 200)}`);
    const picture = await readSettledPicture(answer.body);
    const why =
      options.path === `/${picture.kind}` ? judge(picture, from, to, answer) : `is a picture of ${picture.kind}`;
    if (why !== undefined) this.#fault(options, why);
  }

  /** Undefined where a node says that it cannot tell, or cannot answer now. */
  async #answer(options: AskOptions): Promise<Answer | undefined> {
    const { nodes, random, checker } = this.#options;
    try {
      const answer = await ask(nodes, random.below(nodes.length), options);
      checker.count(`settings: status ${answer.status}`);
      return answer.status === 503 || isWithoutDatabase(answer) ? undefined : answer;
    } catch (error) {
      checker.fault(String(error));
      return undefined;
    }
  }

  #fault({ path, host }: AskOptions, what: string): void {
    this.#options.checker.fault(`${host ?? ''}${path} ${what}`);
  }

  #set(settings: object): Promise<boolean> {
    return this.#request(this.#website, 'PATCH', '/settings', settings);
  }

  #purge(target: string): Promise<boolean> {
    return this.#request(this.#website, 'POST', '/purges', { kind: 'page', target });
  }

  async #setOwnHost(host: string): Promise<boolean> {
    const { command, site } = this.#options;
    await command('site', 'settings', site.origin(2), '--own-host', host);
    return true;
  }

  async #changeKey(): Promise<boolean> {
    const key = this.#key;
    if (key !== undefined) {
      const revoke = () => this.#request(this.#website, 'DELETE', `/keys/${key.publicKey}`);
      const isRevoked = await key.isValid.change(false, revoke);
      if (isRevoked) for (let times = 0; times < 4; times++) await this.#askKey();
      this.#key = undefined;
      if (!isRevoked) return false;
    }
    const made = await this.#send(this.#website, 'POST', '/keys', {});
    if (made === undefined || made.status >= 300) return false;
    this.#key = { publicKey: JSON.parse(made.body.toString()).publicKey, isValid: new Register(true) };
    return true;
  }

  /** Removes it over the API, and makes it again at the command line. */
  async #changeWebsite(): Promise<boolean> {
    const { command, site } = this.#options;
    const other = this.#other;
    if (other !== undefined) {
      const removed = other.isThere.change(false, () => this.#request(other.website, 'DELETE', ''));
      if (await removed) for (let times = 0; times < 4; times++) await this.#askOther();
      this.#other = undefined;
    }
    // One whose removal nobody answered may be there still.
    await command('site', 'remove', site.origin(3), '--yes').catch(() => {});
    const madeAt = performance.now();
    const website = JSON.parse(await command('site', 'create', site.origin(3), '--json'));
    this.#other = { website, isThere: new Register(true), madeAt };
    return true;
  }

  async #request(website: MadeWebsite, method: string, path: string, body?: object): Promise<boolean> {
    const answer = await this.#send(website, method, path, body);
    return answer !== undefined && answer.status < 300;
  }

  async #send(website: MadeWebsite, method: string, path: string, body?: object): Promise<Answer | undefined> {
    const { nodes, random } = this.#options;
    return ask(nodes, random.below(nodes.length), {
      path: `/api/v1/websites/${website.id}${path}`,
      host: undefined,
      method,
      headers: {
        authorization: `Bearer ${website.apiKey}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    }).catch(() => undefined);
  }
}
