import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { apiKeyOf, fetchTokenOf, secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { sign } from '../../src/websites/signature.ts';
import { page, startOrigin } from '../harness/origin.ts';
import { type CardResponse, filesBelow, startTestService } from '../harness/service.ts';

describe('the secrets of a website', () => {
  it('are in no log line, no answer and no file, whatever fails', async () => {
    const log: string[] = [];
    await using test = await startTestService({ OGPLUS_LOG_LEVEL: 'trace' }, { write: (line) => void log.push(line) });
    await using origin = await startOrigin(page());
    const website = await test.website(origin.url);
    await test.service.store.websites.changeSettings(website.id, { fetchToken: true });
    const master = await masterKey({ dataDir: test.dataDir });
    const secretKey = secretKeyOf(master, website.publicKey);
    const apiKey = apiKeyOf(website.publicKey, secretKey);
    const secrets = [secretKey, apiKey, fetchTokenOf(master, website.publicKey)];
    secrets.push(apiKey.slice('ogplus_live_'.length), secretKey.slice('ogplus_sk_'.length));
    secrets.push(...(['hex', 'base64', 'base64url', 'latin1'] as const).map((form) => master.toString(form)));

    const answers: CardResponse[] = [];
    const ask = async (target: string, headers: Record<string, string> = {}) =>
      void answers.push(await test.ask(target, headers));
    const signed = (query: string) => `/api/websites/v1/${sign(website.publicKey, secretKey, query)}/image?${query}`;

    // Answers of the origin that fail in every way; the fetch token goes along.
    for (const answer of [
      page({ status: 500 }),
      page({ status: 404 }),
      page({ headers: { 'Content-Type': 'image/png' } }),
      page({ headers: { 'Content-Encoding': 'nonsense' } }),
    ]) {
      origin.answer = answer;
      answers.push(await test.card(website, `/failing-${answers.length}`));
    }
    origin.answer = (req) => void req.socket.destroy();
    answers.push(await test.card(website, '/destroyed'));

    // Secrets where they do not belong.
    await ask(`${signed('url=https%3A%2F%2Fx.example')}&key=${secretKey}`);
    await ask(signed(`url=${secretKey}`));
    await ask(signed(`url=http%3A%2F%2F127.0.0.1%3A1%2F&consumer=${apiKey}`));
    await ask(`/api/websites/v1/${secretKey}/image?url=x`);
    await ask(`/api/websites/v1/domain/${secretKey}/image/`);
    await ask(`/api/v1/page?url=${apiKey}`, { authorization: `Bearer ${apiKey}` });
    await ask('/api/v1/page?url=https://other.example', { authorization: `Bearer ${apiKey}` });
    await ask('/api/v1/page', { authorization: `Bearer ${apiKey}` });
    await ask(`/api/v1/page?url=x`, { authorization: `Bearer ${apiKey}x` });
    await ask(`/${apiKey}`);
    await ask(`/problems/${apiKey}`);

    const kept = (await filesBelow(test.dataDir)).filter(({ path }) => !path.endsWith('secret.key'));

    // Faults of the inside, which are logged with what was asked for.
    origin.answer = page({ headers: { 'Cache-Control': 'max-age=600' } });
    const database = new DatabaseSync(join(test.dataDir, 'ogplus.sqlite'));
    database.exec('ALTER TABLE cards RENAME TO cards_taken_away');
    answers.push(await test.card(website, `/fault?key=${secretKey}`));
    assert.equal(answers.at(-1)?.status, 200, 'a card is drawn though it cannot be kept');
    await ask(signed(`url=${origin.url}/fault?${apiKey}`));
    await ask(`/api/v1/page?url=${origin.url}/${secretKey}`, { authorization: `Bearer ${apiKey}` });
    database.exec('ALTER TABLE cards_taken_away RENAME TO cards');
    database.close();

    assert.ok(
      answers.some(({ status }) => status === 500),
      'the inside failed',
    );
    assert.ok(
      log.some((line) => line.includes('card not stored')),
      'and so did the keeping',
    );
    assert.ok(
      log.some((line) => line.includes('request failed')),
      'and it was logged',
    );
    const said = [...log, ...answers.map(({ headers, body }) => JSON.stringify(headers) + body.toString('latin1'))];
    for (const secret of secrets) {
      for (const text of said) assert.ok(!text.includes(secret), text);
      for (const { path, bytes } of kept) assert.ok(!bytes.includes(secret), `${path} holds a secret`);
    }
  });
});
