import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { type AuditKind, auditKinds } from '../../src/model/audit.ts';
import type { HostName, Website } from '../../src/model/website.ts';
import { callApi } from '../harness/api.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { Client, first, join as joinBy, member, type SignedIn } from '../harness/people.ts';
import { type Route, routesOf } from '../harness/routes.ts';
import { startTestService, type TestService } from '../harness/service.ts';
import { until } from '../harness/until.ts';

interface Entry {
  readonly id: number;
  readonly actor: { readonly kind: string; readonly name?: string };
  readonly action: { readonly kind: AuditKind } & Readonly<Record<string, unknown>>;
  readonly address: string | null;
}

let test: TestService;
let routes: readonly Route[];
let owner: SignedIn;
let website: Website;
let site: Origin;
/** What the service complained of in its own log. */
const complaints: string[] = [];
const proven = 'cards.its-site.example';

before(async () => {
  const cname = async (name: string) => (name === proven ? [`${website.connection}.localhost`] : []);
  const log = { write: (line: string) => void complaints.push(line) };
  test = await startTestService({ OGPLUS_LOG_LEVEL: 'error' }, log, { cname, txt: async () => [] });
  routes = await routesOf(test);
  owner = await first(test);
  const answer = page();
  site = await startOrigin((req, res) => (req.url === '/never' ? undefined : answer(req, res)));
  website = await test.website(site.url);
});
after(async () => {
  await test?.[Symbol.asyncDispose]();
  await site?.[Symbol.asyncDispose]();
});

const below = (path: string, of = website) => `/api/v1/websites/${of.id}${path}`;

async function ask(method: string, path: string, body?: unknown, who: Client = owner) {
  const answer = await who.ask(method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.json as Readonly<Record<string, never>>;
}

async function entriesOf(query = '', who: Client = owner, of = website): Promise<Entry[]> {
  return (await ask('GET', below(`/audit-log${query}`, of), undefined, who))['entries'] ?? [];
}

/** What the work wrote into a website's log, oldest first. */
async function written(work: () => Promise<unknown>, of = website): Promise<Entry[]> {
  const before = (await entriesOf('?limit=1', owner, of))[0]?.id ?? 0;
  await work();
  return (await entriesOf('?limit=200', owner, of)).filter(({ id }) => id > before).toReversed();
}

const kindsOf = (entries: readonly Entry[]) => entries.map(({ action }) => action.kind);

async function invited(role = 'editor', of = website): Promise<string> {
  const { link } = await ask('POST', below('/invitations', of), { role });
  return String(link).split('/').at(-1) ?? '';
}

/** Each route that writes into the log, called so that it writes all that it can. */
const calls: Readonly<Record<string, () => Promise<readonly Entry[]>>> = {
  'POST /websites': async () => {
    const made = await ask('POST', '/api/v1/websites', { origin: site.url.replace('127.0.0.1', '127.0.0.2') });
    return entriesOf('', owner, made['website']);
  },
  'PATCH /websites/{websiteId}/settings': () =>
    written(() => ask('PATCH', below('/settings'), { patience: 1000, ownHost: proven })),
  'POST /websites/{websiteId}/own-host-checks': async () => {
    const { websites } = test.service.store;
    for (const ownHost of [null, proven as HostName]) await websites.changeSettings(website.id, { ownHost });
    return written(() => ask('POST', below('/own-host-checks')));
  },
  'DELETE /websites/{websiteId}': async () => {
    const gone = await test.website('https://gone.example');
    await ask('DELETE', below('', gone));
    const entries = await test.service.store.audit.of(gone.id, { kinds: null, actor: null, limit: 9, before: null });
    return entries;
  },
  'POST /websites/{websiteId}/keys': () => written(() => ask('POST', below('/keys'))),
  'DELETE /websites/{websiteId}/keys/{publicKey}': async () => {
    const { publicKey } = await ask('POST', below('/keys'));
    return written(() => ask('DELETE', below(`/keys/${publicKey}`)));
  },
  'PUT /websites/{websiteId}/fallback-picture': () => written(putPicture),
  'DELETE /websites/{websiteId}/fallback-picture': async () => {
    await putPicture();
    return written(() => ask('DELETE', below('/fallback-picture')));
  },
  'POST /websites/{websiteId}/purges': () =>
    written(() => ask('POST', below('/purges'), { kind: 'page', target: '/a' })),
  'POST /websites/{websiteId}/warmups': () => written(() => ask('POST', below('/warmups'), { targets: ['/a', '/b'] })),
  'DELETE /websites/{websiteId}/warmups/{warmupId}': async () => {
    const id = await runningWarmup();
    return written(() => ask('DELETE', below(`/warmups/${id}`)));
  },
  'POST /websites/{websiteId}/warmups/{warmupId}/resume': async () => {
    const id = await runningWarmup();
    await ask('DELETE', below(`/warmups/${id}`));
    return written(() => ask('POST', below(`/warmups/${id}/resume`)));
  },
  'POST /websites/{websiteId}/deploy-hooks': () => written(() => ask('POST', below('/deploy-hooks'), { name: 'CI' })),
  'DELETE /websites/{websiteId}/deploy-hooks/{hookId}': async () => {
    const { id } = await ask('POST', below('/deploy-hooks'), { name: 'CI' });
    return written(() => ask('DELETE', below(`/deploy-hooks/${id}`)));
  },
  'POST /hooks/{token}': async () => {
    await runningWarmup();
    await test.card(website, '/asked-for');
    const { url } = await ask('POST', below('/deploy-hooks'), { name: 'Deploy' });
    const { pathname } = new URL(url ?? '');
    return written(() => ask('POST', pathname, undefined, new Client(test)));
  },
  'POST /websites/{websiteId}/webhooks': () =>
    written(() => ask('POST', below('/webhooks'), { url: `${site.url}/secret` })),
  'DELETE /websites/{websiteId}/webhooks/{webhookId}': async () => {
    const { id } = await ask('POST', below('/webhooks'), { url: `${site.url}/secret` });
    return written(() => ask('DELETE', below(`/webhooks/${id}`)));
  },
  'POST /websites/{websiteId}/probes': () => written(() => ask('POST', below('/probes'))),
  'DELETE /websites/{websiteId}/probes/{probeId}': async () => {
    const { id } = await ask('POST', below('/probes'));
    return written(() => ask('DELETE', below(`/probes/${id}`)));
  },
  'POST /websites/{websiteId}/shared-previews': () =>
    written(() => ask('POST', below('/shared-previews'), { target: '/shared' })),
  'DELETE /websites/{websiteId}/shared-previews/{sharedPreviewId}': async () => {
    const { id } = await ask('POST', below('/shared-previews'), { target: '/shared' });
    return written(() => ask('DELETE', below(`/shared-previews/${id}`)));
  },
  'POST /websites/{websiteId}/invitations': () => written(() => invited()),
  'DELETE /websites/{websiteId}/invitations/{invitationId}': async () => {
    const { id } = await ask('POST', below('/invitations'), { role: 'viewer' });
    return written(() => ask('DELETE', below(`/invitations/${id}`)));
  },
  'POST /accounts': async () => {
    const token = await invited();
    return written(() => joinBy(test, 'Joan', token));
  },
  'POST /invitations/{token}': async () => {
    const person = await member(test, await test.website('https://elsewhere.example'), 'viewer', 'Mary');
    const tokens = [await invited('viewer'), await invited('editor'), await invited('viewer')];
    return written(async () => {
      for (const token of tokens) await ask('POST', `/api/v1/invitations/${token}`, undefined, person);
    });
  },
  'PATCH /websites/{websiteId}/members/{userId}': async () => {
    const { id } = await member(test, website, 'viewer', 'Rose');
    return written(() => ask('PATCH', below(`/members/${id}`), { role: 'editor' }));
  },
  'DELETE /websites/{websiteId}/members/{userId}': async () => {
    const { id } = await member(test, website, 'viewer', 'Lise');
    return written(() => ask('DELETE', below(`/members/${id}`)));
  },
};

const putPicture = async () => {
  const picture = await sharp({ create: { width: 1200, height: 630, channels: 3, background: '#036' } })
    .png()
    .toBuffer();
  const response = await fetch(test.service.address + below('/fallback-picture'), {
    method: 'PUT',
    headers: { cookie: owner.cookie, origin: test.service.address, 'content-type': 'image/png' },
    body: new Uint8Array(picture),
  });
  assert.equal(response.status, 204);
};

/** Pages that do not answer: it goes on until it is stopped. */
async function runningWarmup(): Promise<number> {
  const [last] = await test.service.store.warmups.of(website.id, 1);
  if (last?.endedAt === null) return last.id;
  return Number((await ask('POST', below('/warmups'), { targets: ['/never'] }))['id']);
}

describe('a route that changes something', () => {
  const changing = () => routes.filter(({ method }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method));

  it('says what it writes into the audit log, or why it writes nothing', () => {
    assert.ok(changing().length > 25, `${changing().length} routes`);
    for (const { method, path, audit } of changing()) {
      assert.ok(audit !== undefined, `${method} ${path}`);
      if ('none' in audit) assert.match(audit.none, /^\w+ .{20,}$/, `${method} ${path}`);
      else assert.ok(audit.length > 0 && audit.every((kind) => auditKinds.includes(kind)), `${method} ${path}`);
    }
  });

  it('writes what it says, with who did it', async () => {
    for (const { method, path, audit } of changing()) {
      if (audit === undefined || 'none' in audit) continue;
      const name = `${method} ${path.replace('/api/v1', '')}`;
      const call = calls[name];
      assert.ok(call !== undefined, `${name} writes into the audit log: add a call of it to this test`);
      const entries = await call();
      assert.deepEqual([...new Set(kindsOf(entries))].sort(), [...audit].sort(), name);
      for (const { actor } of entries) {
        if (path.endsWith('/hooks/{token}')) assert.deepEqual(actor, { ...actor, kind: 'deploy-hook', name: 'Deploy' });
        else assert.equal(actor.kind, 'person', name);
      }
    }
    assert.deepEqual(complaints, []);
  });
});

describe('the audit log of a website', () => {
  const ofKind = async (kind: AuditKind) => (await entriesOf(`?action=${kind}&limit=1`))[0]?.action;

  it('says what settings were and are now, and nothing where they stay', async () => {
    const change = (settings: object) => () => ask('PATCH', below('/settings'), settings);
    await change({ defaultMaxAge: 60, redirectHosts: [] })();
    const [entry, ...rest] = await written(
      change({ defaultMaxAge: 3600, redirectHosts: ['login.example'], oneCard: true }),
    );
    assert.deepEqual(rest, []);
    assert.deepEqual(entry?.action, {
      kind: 'settings.changed',
      changes: [
        { name: 'defaultMaxAge', from: 60, to: 3600 },
        { name: 'oneCard', from: false, to: true },
        { name: 'redirectHosts', from: [], to: ['login.example'] },
      ],
    });
    assert.deepEqual(await written(change({ defaultMaxAge: 3600 })), []);
    await change({ oneCard: false, defaultMaxAge: null })();
  });

  it('says what was purged: of many pages how many, and the first few', async () => {
    const targets = Array.from({ length: 12 }, (_, n) => `/page-${n}`);
    const purge = (body: object) => () => ask('POST', below('/purges'), body);
    const [pages] = await written(purge({ kind: 'pages', targets }));
    assert.deepEqual(pages?.action, { kind: 'cache.purged', part: 'pages', count: 12, targets: targets.slice(0, 10) });
    const [prefix] = await written(purge({ kind: 'prefix', prefix: '/blog/' }));
    assert.deepEqual(prefix?.action, { kind: 'cache.purged', part: 'prefix', prefix: '/blog/' });
    const [whole] = await written(purge({ kind: 'website' }));
    assert.deepEqual(whole?.action, { kind: 'cache.purged', part: 'website' });
  });

  it('names keys by their names, and holds no secrets', async () => {
    const { key } = await ask('POST', '/api/v1/account/api-keys', { name: 'Publish', scopes: ['pages:purge'] });
    const script = new Client(test, { authorization: `Bearer ${key}` });
    const [byScript] = await written(() => ask('POST', below('/purges'), { kind: 'website' }, script));
    assert.deepEqual(byScript?.actor, { kind: 'person-key', id: owner.id, name: 'first', key: 'Publish' });
    const purge = { method: 'POST', body: { kind: 'website' } };
    const [byWebsite] = await written(() => callApi(test, website, '/purges', purge));
    assert.deepEqual(byWebsite?.actor, { kind: 'website-key', key: website.publicKey });
    const whole = JSON.stringify(
      await test.service.store.audit.of(website.id, { kinds: null, actor: null, limit: 500, before: null }),
    );
    assert.ok(!whole.includes('/secret'), "a webhook's address");
    assert.doesNotMatch(whole, /ogplus_sk_|ogplus_live_|ogplus_key_|whsec_/);
    assert.deepEqual(await ofKind('webhook.removed'), {
      ...(await ofKind('webhook.removed')),
      host: new URL(site.url).host,
    });
  });

  it('is given in parts, and by kind and person', async () => {
    const whole = await entriesOf('?limit=200');
    const parts: Entry[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer = await ask('GET', below(`/audit-log?limit=7${cursor && `&cursor=${cursor}`}`));
      parts.push(...(answer['entries'] ?? []));
      cursor = answer['next'] ?? null;
    }
    assert.deepEqual(parts, whole);
    const members = await entriesOf('?action=member&limit=200');
    assert.ok(members.length > 3 && members.every(({ action }) => action.kind.startsWith('member.')));
    assert.ok(new Set(kindsOf(members)).size > 3);
    const { actors } = await ask('GET', below('/audit-log/actors'));
    const found = (actors ?? []) as ReadonlyArray<{ readonly id: string; readonly actor: Entry['actor'] }>;
    const joan = found.find(({ actor }) => actor.name === 'Joan');
    const hers = await entriesOf(`?actor=${encodeURIComponent(joan?.id ?? '')}`);
    assert.deepEqual(kindsOf(hers), ['member.joined']);
    for (const wrong of ['action=nothing', 'cursor=x', 'limit=0']) {
      assert.equal((await owner.ask('GET', below(`/audit-log?${wrong}`))).status, 400, wrong);
    }
  });

  it('is for editors and owners, who alone see from where it was done', async () => {
    const [editor, viewer] = [await member(test, website, 'editor'), await member(test, website, 'viewer')];
    assert.equal((await viewer.ask('GET', below('/audit-log'))).status, 403);
    assert.equal((await viewer.ask('GET', below('/audit-log/actors'))).status, 403);
    const addresses = async (who: Client) => new Set((await entriesOf('', who)).map(({ address }) => address));
    assert.deepEqual(await addresses(owner), new Set(['127.0.0.1']));
    assert.deepEqual(await addresses(editor), new Set([null]));
  });

  it('tells on the page who purged it and who changed a setting', async () => {
    const newest = async (target: string) => {
      const { decisions } = await ask('GET', below(`/page?target=${target}`));
      const [decision] = (decisions ?? []) as ReadonlyArray<{
        readonly kind: string;
        readonly by: Entry['actor'] | null;
      }>;
      return [decision?.kind, decision?.by?.name];
    };
    test.clock.move(1);
    await ask('POST', below('/purges'), { kind: 'page', target: '/told' });
    assert.deepEqual(await newest('/told'), ['purged', 'first']);
    test.clock.move(1);
    await ask('PATCH', below('/settings'), { viewportWidth: 777 });
    assert.deepEqual(await newest('/told'), ['settings-changed', 'first']);
  });
});

describe('an entry that the store does not take', () => {
  it('leaves the change as made, stands in the log of the service, and is written as soon as it can be', async () => {
    complaints.length = 0;
    using file = new DatabaseSync(join(test.dataDir, 'ogplus.sqlite'));
    file.exec('ALTER TABLE audit_log RENAME TO audit_log_away');
    const purge = { kind: 'prefix', prefix: '/unwritten/' };
    const { status } = await owner.ask('POST', below('/purges'), purge);
    file.exec('ALTER TABLE audit_log_away RENAME TO audit_log');
    assert.equal(status, 204);
    assert.match(complaints.join(''), /"prefix":"\/unwritten\/".*audit log not written/);
    const newest = async () => (await entriesOf('?limit=1'))[0]?.action;
    await until('it is written', async () => (await newest())?.['prefix'] === '/unwritten/');
  });
});
