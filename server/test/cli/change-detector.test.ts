import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChangeDetector } from '../../src/cli/development/change-detector.ts';

/** Which of the looks, after the first text, are said to be changes. */
function changes(first: string, ...looks: string[]): number[] {
  const detector = new ChangeDetector(first);
  return looks.flatMap((look, at) => (detector.hasChanged(look) ? [at] : []));
}

describe('a text that is looked at over and over', () => {
  it('changes where a word does', () => {
    assert.deepEqual(changes('a b c', 'a b c', 'a x c', 'a x c', 'a x y'), [1, 3]);
  });

  it('changes where it grows or shrinks', () => {
    assert.deepEqual(changes('a b', 'a b c', 'a b c', 'a b'), [0, 2]);
  });

  it('does not change by what is new in every look, once that is known', () => {
    const page = (id: number, title = 'one') => `<html data-id="${id}"><h1>${title}</h1>`;
    assert.deepEqual(changes(page(0), page(1), page(2), page(3), page(4)), [0, 1]);
    const looks = [page(1), page(2), page(3), page(4, 'two'), page(5, 'two')];
    assert.deepEqual(changes(page(0), ...looks), [0, 1, 3]);
  });

  it('changes once more where a word that changed all the time comes to rest', () => {
    assert.deepEqual(changes('1', '2', '3', '4', '5', '5', '5', '6'), [0, 1, 4, 6]);
  });
});
