import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Access, isAtLeast, type Role, type Scope, scopes } from '../../src/model/identity.ts';
import type { Website } from '../../src/model/website.ts';
import { apiKeyOf, secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { type Answer, Client, first, member, type SignedIn } from '../harness/people.ts';
import { filled, type Route, routesOf } from '../harness/routes.ts';
import { startTestService, type TestService } from '../harness/service.ts';

/** One who calls, and what that one is. */
interface Caller {
  readonly name: string;
  readonly kind: 'stranger' | 'session' | 'person-key' | 'website-key';
  /** On the website that the calls are about. */
  readonly role: Role | undefined;
  /** Of a person's key. */
  readonly scopes: readonly Scope[];
  readonly client: Client;
  /** One for each caller: some calls remove it. */
  readonly website: Website;
  readonly personId?: string;
}

/** What a route has to say to a caller, by its `x-access` and nothing else. */
function expected(access: Access, caller: Caller): 'in' | 'unauthorised' | 'forbidden' | 'unknown-website' {
  if (access.who === 'anyone') return 'in';
  if (caller.kind === 'stranger') return 'unauthorised';
  if (access.who === 'session') return caller.kind === 'session' ? 'in' : 'forbidden';
  if (access.who === 'service-owner') return 'forbidden'; // none of them is (operations.test.ts)
  if (access.who === 'person' && caller.kind === 'website-key') return 'forbidden';
  const lacksScope = access.scope !== undefined && !caller.scopes.includes(access.scope);
  if (caller.kind === 'person-key' && lacksScope) return 'forbidden';
  if (access.who !== 'member') return 'in';
  if (caller.role === undefined) return 'unknown-website';
  return isAtLeast(caller.role, access.role) ? 'in' : 'forbidden';
}

let test: TestService;
let routes: readonly Route[];
let callers: readonly Caller[];
const refusals = ['unauthorised', 'forbidden', 'unknown-website'];

before(async () => {
  test = await startTestService();
  routes = await routesOf(test);
  await first(test);
  callers = await makeCallers();
});
after(() => test[Symbol.asyncDispose]());

let count = 0;
const newWebsite = () => test.website(`https://walked-${++count}.example`);

async function websiteKey({ publicKey }: Website): Promise<Client> {
  const key = apiKeyOf(publicKey, secretKeyOf(await masterKey({ dataDir: test.dataDir }), publicKey));
  return new Client(test, { authorization: `Bearer ${key}` });
}

async function personKey(person: SignedIn, scopes: readonly Scope[], websiteIds: readonly number[] | null = null) {
  const { json, text } = await person.ask('POST', '/api/v1/account/api-keys', { name: 'walk', scopes, websiteIds });
  assert.ok('key' in json, text);
  return new Client(test, { authorization: `Bearer ${json['key']}` });
}

async function makeCallers(): Promise<Caller[]> {
  const made: Caller[] = [];
  const home = await newWebsite();
  const people = new Map<Role, SignedIn>();
  for (const role of ['viewer', 'editor', 'owner'] as const) people.set(role, await member(test, home, role));
  const add = (name: string, website: Website, client: Client, rest: Omit<Caller, 'name' | 'website' | 'client'>) =>
    void made.push({ name, website, client, ...rest });
  const none = { scopes: [], role: undefined } as const;

  for (const authorization of [undefined, 'Bearer ogplus_live_e30', 'Bearer ogplus_key_x', 'Basic YTpi']) {
    const client = new Client(test, authorization === undefined ? {} : { authorization });
    add(`a stranger with ${authorization}`, await newWebsite(), client, { kind: 'stranger', ...none });
  }
  for (const [role, person] of people) {
    const join = async () => {
      const website = await newWebsite();
      await test.service.store.members.join(website.id, person.id, role, test.clock.now());
      return website;
    };
    const session = { kind: 'session', role, scopes: [], personId: person.id } as const;
    const key = { ...session, kind: 'person-key' } as const;
    add(role, await join(), person, session);
    add(`a key of the ${role}`, await join(), await personKey(person, scopes), { ...key, scopes });
    for (const scope of scopes) {
      const others = scopes.filter((one) => one !== scope);
      const client = await personKey(person, others);
      add(`a key of the ${role} without ${scope}`, await join(), client, { ...key, scopes: others });
    }
    const elsewhere = { ...key, scopes, role: undefined };
    add(
      `a key of the ${role} for another website`,
      await join(),
      await personKey(person, scopes, [home.id]),
      elsewhere,
    );
    add(`the ${role} of another website`, await newWebsite(), person, { ...session, role: undefined });
  }
  const walked = await newWebsite();
  add("the website's key", walked, await websiteKey(walked), { kind: 'website-key', role: 'owner', scopes });
  add("another website's key", await newWebsite(), await websiteKey(home), { ...none, kind: 'website-key' });
  return made;
}

/** The document names the status and the media type. */
function isDocumented({ method, path, responses }: Route, { status, headers, text }: Answer): void {
  const documented = responses[status] ?? responses['default'];
  assert.ok(documented !== undefined, `${method} ${path}: ${status}`);
  const type = headers.get('content-type')?.split(';')[0];
  const types = Object.keys(documented.content ?? {});
  if (text !== '') assert.ok(type !== undefined && types.includes(type), `${method} ${path}: ${status} ${type}`);
}

/** Which refusal the route gives; `in` for everything that comes from behind the door. */
async function answerTo(caller: Caller, route: Route, names: Record<string, string | number> = {}): Promise<string> {
  const path = filled(route, { websiteId: caller.website.id, ...names });
  const answer = await caller.client.ask(route.method, path, route.takesBody ? {} : undefined);
  const { status, json } = answer;
  const slug = String(json['type'] ?? '').replace(/.*\/problems\//, '');
  assert.ok(status < 500, `${route.method} ${path}: ${status}`);
  isDocumented(route, answer);
  assert.equal(status === 401, slug === 'unauthorised', path);
  return refusals.includes(slug) ? slug : 'in';
}

describe('every route of the management API', () => {
  it('is in the document, and says who may use it', () => {
    assert.ok(routes.length > 40, `${routes.length} routes`);
    for (const { method, path, access } of routes) {
      const { who = 'nobody said' } = access ?? {};
      assert.ok(
        ['anyone', 'identified', 'person', 'session', 'service-owner', 'member'].includes(who),
        `${method} ${path}: ${who}`,
      );
      assert.equal(who === 'member', path.includes('{websiteId}'), `${method} ${path}`);
    }
  });

  it('has a name of its own in the document', () => {
    const names = routes.map(({ name }) => name);
    assert.ok(
      names.every((name) => /^[a-z][A-Za-z0-9]+$/.test(name ?? '')),
      names.join(),
    );
    assert.equal(new Set(names).size, names.length);
  });

  it('lets in whom it says, and nobody else', async () => {
    for (const caller of callers) {
      for (const route of routes) {
        assert.ok(route.access !== undefined);
        const answer = await answerTo(caller, route);
        assert.equal(answer, expected(route.access, caller), `${route.method} ${route.path} for ${caller.name}`);
      }
    }
  });

  it('lets in the person that it is about, where it says so', async () => {
    const aboutSelf = routes.filter(({ access }) => access?.who === 'member' && access.orSelf !== undefined);
    assert.equal(aboutSelf.length, 1);
    for (const role of ['viewer', 'editor'] as const) {
      const person = await member(test, await newWebsite(), role, `self-${role}`);
      const website = await newWebsite();
      await test.service.store.members.join(website.id, person.id, role, test.clock.now());
      const caller: Caller = { name: role, kind: 'session', role, scopes: [], client: person, website };
      for (const route of aboutSelf) assert.equal(await answerTo(caller, route, { userId: person.id }), 'in');
      assert.equal(await test.service.store.members.roleOf(person.id, website.id), undefined);
    }
  });

  it('is not there on connection hosts', async () => {
    const website = await newWebsite();
    for (const { path } of routes) {
      const response = await test.card(website, path);
      assert.ok(!(response.headers['content-type'] ?? '').startsWith('application/json'), path);
    }
  });
});
