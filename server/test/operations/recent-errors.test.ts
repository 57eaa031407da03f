import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { logger } from '../../src/log.ts';

function logTo(logLevel: string) {
  const written: string[] = [];
  const log = logger({ logLevel }, { write: (line) => void written.push(line) });
  return { log, written, list: () => log.recentErrors.list };
}

describe('the last errors of a log', () => {
  it('are its warnings and errors, newest first, and those of its children', () => {
    const { log, written, list } = logTo('info');
    log.info({}, 'no error');
    log.warn({}, 'first');
    log.child({ part: 'a' }, { level: 'warn' }).error({ err: new Error('the reason.\n  over lines') }, 'second');
    assert.equal(written.length, 3);
    assert.deepEqual(
      list().map(({ level, says, why, count }) => [level, says, why, count]),
      [
        ['error', 'second', 'the reason. over lines', 1],
        ['warning', 'first', null, 1],
      ],
    );
  });

  it('are remembered at every level of the log, which writes what it writes otherwise', () => {
    for (const level of ['silent', 'fatal', 'error', 'warn', 'trace']) {
      const { log, written, list } = logTo(level);
      log.warn({}, 'a warning');
      log.debug({}, 'a detail');
      assert.equal(list().length, 1, level);
      assert.equal(written.length, { warn: 1, trace: 2 }[level] ?? 0, level);
    }
  });

  it('count the same again, with its last reason, and move it to the front', () => {
    const { log, list } = logTo('silent');
    for (const why of ['one', 'two']) {
      log.warn({ err: new Error(why) }, 'again');
      log.error({}, 'other');
    }
    log.warn({ err: new Error('three') }, 'again');
    const [again, other] = list();
    assert.deepEqual([again?.says, again?.count, again?.why], ['again', 3, 'three']);
    assert.equal(other?.count, 2);
    assert.ok((again?.firstAt ?? 0) <= (again?.lastAt ?? 0));
  });

  it('have no secret in them, and a bound', () => {
    const { log, list } = logTo('silent');
    log.error({ err: new Error('postgres://me:hush@db.example/x refuses ogplus_sk_abcdefgh') }, 'a'.repeat(1000));
    const [error] = list();
    assert.equal(error?.why, 'postgres://…@db.example/x refuses ogplus_sk_…');
    assert.equal(error?.says.length, 300);
    for (let nth = 0; nth < 50; nth++) log.warn({}, `number ${nth}`);
    assert.deepEqual([list().length, list()[0]?.says], [20, 'number 49']);
  });
});
