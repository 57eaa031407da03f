import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { AskedCards } from '../../src/cards/asked-cards.ts';
import { Decisions } from '../../src/cards/decisions.ts';
import { PageStates } from '../../src/cards/state/page-states.ts';
import { generic } from '../../src/model/consumers.ts';
import { Problem } from '../../src/model/problem.ts';
import { systemClock } from '../../src/model/units.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/ports/store.ts';
import { draw, makeWebsite } from '../store/contract/samples.ts';
import { dataFolder } from '../store/harness-sqlite.ts';

/** A store that loses a table, and gets it back. */
async function storeWithout(table: string): Promise<AsyncDisposable & { store: Store; lose(): void; mend(): void }> {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(await dataFolder());
  const store = stack.use(await openStore(folder.path));
  const database = stack.adopt(new DatabaseSync(join(folder.path, 'ogplus.sqlite')), (file) => file.close());
  const rename = (from: string, to: string) => database.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
  return {
    store,
    lose: () => rename(table, `${table}_away`),
    mend: () => rename(`${table}_away`, table),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

describe('what the store could not write down', () => {
  it('is written later: decisions', async () => {
    await using test = await storeWithout('decisions');
    const website = await makeWebsite(test.store);
    const { id } = await draw(test.store, website, '/');
    const decisions = new Decisions(test.store, systemClock);
    const request = { website, asOf: 0, target: id.target, consumer: generic, language: '', client: () => '' };
    const fail = (message: string) => decisions.failed(request, new Problem('origin-failed', message), 502);
    fail('first');
    test.lose();
    await assert.rejects(decisions.write());
    fail('second');
    await assert.rejects(decisions.write());
    test.mend();
    const told = await decisions.of(website.id, id.target);
    assert.deepEqual(told.map(({ failure }) => failure).toSorted(), ['first', 'second']);
  });

  it('is written later: how often cards were asked for', async () => {
    await using test = await storeWithout('page_requests');
    const website = await makeWebsite(test.store);
    const { id } = await draw(test.store, website, '/');
    const asked = new AskedCards(test.store, systemClock);
    using state = new PageStates(1_000_000).hold(website.id, id.target);
    asked.count(state, id);
    test.lose();
    await assert.rejects(asked.write());
    asked.count(state, id);
    asked.count(state, id);
    await assert.rejects(asked.write());
    test.mend();
    await asked.write();
    await asked.write();
    const { requests } = await test.store.activity.pageRecord(website.id, id.target);
    assert.deepEqual(
      requests.map((each) => each.requests),
      [3],
    );
  });
});
