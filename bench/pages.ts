import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../server/src/store/open-store.ts';
import { apiKeyOf, newConnection, newPublicKey, secretKeyOf } from '../server/src/websites/keys.ts';
import { ensureMasterKey, masterKey } from '../server/src/websites/master-key.ts';
import { parseOrigin } from '../server/src/websites/parse.ts';
import { pathOf, startUntil } from './processes.ts';
import { type Row, show, summarise, timed } from './statistics.ts';

const many = 1_000_000;
const few = 1000;
const rounds = 20;

/** What an owner of a million pages waits for, and whether who asks for a card notices them; beside a thousand pages. */
export async function benchPages(): Promise<Row[]> {
  const small = await measure(few);
  const large = await measure(many);
  return [...large].map(([what, samples]) => {
    const [a, b] = [summarise(samples), summarise(small.get(what) ?? [])];
    return {
      what: `${what}, ${many.toLocaleString('en')} pages (ms)`,
      ours: show(a, 2),
      theirs: `${few.toLocaleString('en')} pages ${show(b, 2)}`,
      ratio: (a.median / b.median).toFixed(2),
      aim: what.startsWith('cold') ? 'no slower' : '≤ 100 ms',
    };
  });
}

async function measure(pages: number): Promise<Map<string, number[]>> {
  const data = mkdtempSync(join(tmpdir(), 'ogplus-bench-pages-'));
  try {
    const website = await makePages(data, pages);
    await using service = await startUntil(
      process.execPath,
      [pathOf('../server/bin/ogplus.js'), 'serve'],
      {
        OGPLUS_DATA_DIR: data,
        OGPLUS_PORT: '0',
        OGPLUS_LOG_LEVEL: 'error',
        OGPLUS_PAGES_PER_WEBSITE: String(many * 2),
      },
      /ready at (\S+)/,
    );
    const api = `${service.match[1]}/api/v1/websites/${website.id}`;
    const secret = secretKeyOf(await masterKey({ dataDir: data }), website.publicKey);
    const authorization = `Bearer ${apiKeyOf(website.publicKey, secret)}`;
    const get = async (path: string) => {
      const response = await fetch(api + path, { headers: { authorization } });
      if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
    };
    const purge = async () => {
      const headers = { authorization, 'content-type': 'application/json' };
      const response = await fetch(`${api}/purges`, { method: 'POST', headers, body: '{"kind":"website"}' });
      if (!response.ok) throw new Error(`The purge answers ${response.status}.`);
    };
    const middle = Math.floor(pages / 2);
    const gone = `${service.match[1]}/api/websites/v1/domain/${website.publicKey}/image`;
    const ways: ReadonlyArray<readonly [string, (round: number) => Promise<void>]> = [
      ['first rows', () => get('/pages')],
      ['search of one page', (round) => get(`/pages?search=article-${middle - round}`)],
      ['search that half of the pages fit', () => get('/pages?search=section-1')],
      ['search of what is nowhere', () => get('/pages?search=nowhere-at-all')],
      ['sorted by drawn', () => get('/pages?sort=drawn')],
      ['sorted by asked', () => get('/pages?sort=asked')],
      ['sorted by requests', () => get('/pages?sort=requests')],
      // The pages are gone: an answer of the store and nothing else.
      [
        'cold look-up of a kept card',
        async (round) => void (await (await fetch(`${gone}${targetOf(middle + round)}`)).arrayBuffer()),
      ],
      ['purge of the website', purge],
    ];
    const samples = new Map<string, number[]>();
    for (const [what, work] of ways) {
      const each: number[] = [];
      for (let round = 0; round < rounds; round++) each.push(await timed(() => work(round)));
      samples.set(what, each);
    }
    return samples;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

function targetOf(n: number): string {
  return `/section-${n % 20}/article-${n}?page=${n % 7}`;
}

/** Rows as the service writes them, in one transaction. */
async function makePages(data: string, pages: number) {
  const keys = { connection: newConnection(), publicKey: newPublicKey() };
  await using store = await openStore(data);
  await ensureMasterKey({ dataDir: data }, store);
  const origin = parseOrigin('https://bench.example');
  const website = await store.websites.create({ origin, ...keys, createdAt: Date.now() });
  if (website === undefined) throw new Error('The website could not be made.');
  const now = Date.now();
  const file = new DatabaseSync(join(data, 'ogplus.sqlite'));
  file.exec('BEGIN');
  const page = file.prepare(
    'INSERT INTO pages (website_id, target, kept_version, worked_at, asked_at, drawn_at, fresh_until, requests) VALUES (?, ?, 0, 1, ?, ?, ?, ?)',
  );
  const card = file.prepare(
    "INSERT INTO cards (page_id, consumer, variant, outcome, picture_hash, picture_size, head, policy, version_tag, response_id, purge_version, asked_at) VALUES (?, 'generic', '', ?, NULL, 0, ?, ?, NULL, ?, 0, ?)",
  );
  const outcome = JSON.stringify({ kind: 'gone', status: 404 });
  const url = 'https://bench.example/';
  const response = JSON.stringify({ url, status: 404, headers: [], requestTime: now, responseTime: now });
  const policy = JSON.stringify({
    storeForbiddenBy: null,
    askAlwaysBy: null,
    lifetime: 86_400,
    lifetimeFrom: 'Cache-Control: max-age',
    initialAge: 0,
    receivedAt: now,
    freshUntil: now + 86_400_000,
    stale: { forbiddenBy: null, whileRevalidate: null, ifError: null },
    validators: {},
    vary: [],
    remarks: [],
  });
  for (let n = 0; n < pages; n++) {
    const { lastInsertRowid } = page.run(
      website.id,
      targetOf(n),
      now - n,
      now - ((n * 7919) % pages),
      now + 86_400_000,
      (n * 31) % 1000,
    );
    card.run(lastInsertRowid, outcome, response, policy, `r${n}`, now);
  }
  file.exec('COMMIT');
  file.close();
  return website;
}
