import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getMigrations } from 'better-auth/db/migration';
import { pino } from 'pino';
import { authOptions } from '../../src/accounts/auth.ts';
import { openStore } from '../../src/store/open-store.ts';
import { dataFolder } from '../store/harness-sqlite.ts';

const secret = 'a secret that is long enough to be taken for one';
const rest = { secret, url: 'http://127.0.0.1:3000', log: pino({ level: 'silent' }) };

describe("better-auth's tables", () => {
  it('are all there, made by our own migrations', async () => {
    await using folder = await dataFolder();
    await using store = await openStore(folder.path);
    const { toBeCreated, toBeAdded } = await getMigrations(authOptions({ accounts: store.accounts, ...rest }));
    assert.deepEqual({ toBeCreated, toBeAdded }, { toBeCreated: [], toBeAdded: [] });
  });

  it('are written without a transaction, which would be held while others write', async () => {
    await using folder = await dataFolder();
    await using store = await openStore(folder.path);
    const { dialect } = store.accounts;
    await assert.rejects(dialect.createDriver().beginTransaction({} as never, {}), /must not await/);
  });
});
