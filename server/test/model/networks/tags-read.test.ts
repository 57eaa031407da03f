import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type NetworkFrame, type NetworkName, networkFrames } from '../../../src/model/networks/network-frames.ts';
import { shownText } from '../../../src/model/networks/shown-text.ts';
import { tagsRead } from '../../../src/model/networks/tags-read.ts';

const tags = [
  { name: '<title>', content: 'In the tab' },
  { name: 'og:title', content: ' ' },
  { name: 'og:title', content: 'For all' },
  { name: 'twitter:title', content: 'For X' },
  { name: 'og:image', content: 'https://example.com/a.png' },
];
const frameOf = (name: NetworkName): NetworkFrame => {
  const found = networkFrames.find((one) => one.name === name);
  assert.ok(found);
  return found;
};
const read = (name: NetworkName) =>
  Object.fromEntries(tagsRead(tags, frameOf(name)).map(({ what, tag }) => [what, tag?.content ?? null]));

describe('the tags that a network reads', () => {
  it('are those that it takes first, of those that say something', () => {
    assert.deepEqual(read('twitter'), {
      title: 'For X',
      description: null,
      picture: 'https://example.com/a.png',
      'size of the picture': null,
    });
    assert.deepEqual(read('apple'), { title: 'For all', picture: 'https://example.com/a.png' });
    assert.equal(read('slack')['name of the site'], null);
  });

  it('are those that its frame shows', () => {
    for (const frame of networkFrames) {
      const { title } = shownText('https://example.com/', tags, frame);
      const found = tagsRead(tags, frame).find(({ what }) => what === 'title');
      assert.equal(found?.tag?.content.trim(), title, frame.name);
    }
  });
});
