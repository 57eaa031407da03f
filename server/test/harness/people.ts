import assert from 'node:assert/strict';
import { hashOf, newToken } from '../../src/accounts/links.ts';
import type { PersonId } from '../../src/model/identity.ts';
import { epochMs } from '../../src/model/units.ts';
import type { Website } from '../../src/model/website.ts';
import { firstAccountTokenOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import type { TestService } from './service.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, where it is JSON. */
  readonly json: Record<string, never>;
}

export const password = 'correct horse battery staple';

/** A client of the service: a browser with its cookies, or a script with its key. */
export class Client {
  readonly #address: string;
  readonly #fields: Record<string, string>;
  readonly cookies = new Map<string, string>();

  /** @param fields sent with each request. */
  constructor({ service }: TestService, fields: Record<string, string> = {}) {
    this.#address = service.address;
    this.#fields = fields;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Asks as our own pages do, unless `fields` say otherwise. */
  async ask(method: string, path: string, body?: unknown, fields: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.#address + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookies.size === 0 ? {} : { cookie: this.cookie }),
        ...(method === 'GET' ? {} : { origin: this.#address }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.#fields,
        ...fields,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0(;|$)/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '' ? JSON.parse(text) : {};
    return { status: response.status, headers: response.headers, text, json };
  }

  signIn(email: string, secret = password): Promise<Answer> {
    return this.ask('POST', '/api/auth/sign-in/email', { email, password: secret });
  }
}

/** A client whose person has an account and is signed in. */
export class SignedIn extends Client {
  id = '' as PersonId;
  email = '';
}

export async function firstToken({ dataDir }: TestService): Promise<string> {
  return firstAccountTokenOf(await masterKey({ dataDir }));
}

/** Makes an account by a link, and signs in. */
export async function join(test: TestService, name: string, invitation: string): Promise<SignedIn> {
  const person = new SignedIn(test);
  const email = `${name}@people.example`;
  const { status, json, text } = await person.ask('POST', '/api/v1/accounts', { name, email, password, invitation });
  assert.equal(status, 201, text);
  return Object.assign(person, { id: json['id'], email });
}

/** The first account. */
export async function first(test: TestService, name = 'first'): Promise<SignedIn> {
  return join(test, name, await firstToken(test));
}

/** A member of the website, through an invitation. */
export async function member(
  test: TestService,
  website: Website,
  role: 'owner' | 'editor' | 'viewer',
  name: string = role,
): Promise<SignedIn> {
  const token = newToken();
  const createdAt = test.clock.now();
  const invitation = { websiteId: website.id, role, tokenHash: hashOf(token), createdBy: null, createdAt };
  await test.service.store.members.invite({ ...invitation, expiresAt: epochMs(createdAt + 60_000) });
  return join(test, name, token);
}
