import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allConsumers } from '../../../src/model/consumers.ts';
import { type NetworkName, networkFrames } from '../../../src/model/networks/network-frames.ts';
import { shownText } from '../../../src/model/networks/shown-text.ts';

const url = 'https://www.example.com/blog/hello';
const tagsOf = (tags: Record<string, string>) => Object.entries(tags).map(([name, content]) => ({ name, content }));
const shownOn = (name: NetworkName, tags: Record<string, string> | null) => {
  const frame = networkFrames.find((one) => one.name === name);
  assert.ok(frame);
  return shownText(url, tags && tagsOf(tags), frame);
};

describe('the frames of networks', () => {
  it('have a name of their own each, and the card of a network that cards are drawn for', () => {
    assert.equal(new Set(networkFrames.map(({ name }) => name)).size, networkFrames.length);
    const consumers = allConsumers.map(({ name }) => name);
    for (const { name, consumer } of networkFrames) assert.ok(consumers.includes(consumer), name);
  });

  it('are called as in the list of networks, where that has them', () => {
    for (const { name, label } of networkFrames) {
      const consumer = allConsumers.find((one) => one.name === name);
      if (consumer !== undefined) assert.equal(label, consumer.label);
    }
  });

  it('say where their figures come from', () => {
    for (const { source } of networkFrames) assert.notEqual(source, '');
  });
});

describe('what a network shows of a page', () => {
  const both = {
    '<title>': 'The title',
    description: 'The description',
    'og:title': 'Of Open Graph',
    'og:description': 'About, of Open Graph',
    'twitter:title': 'Of X',
    'twitter:description': 'About, of X',
  };

  it('is what its tags say, those that it prefers first', () => {
    assert.deepEqual([shownOn('slack', both).title, shownOn('twitter', both).title], ['Of Open Graph', 'Of X']);
    const { description } = shownOn('bluesky', { 'og:description': ' ', 'twitter:description': 'Of X' });
    assert.equal(description, 'Of X');
  });

  it('is the <title> and the description where there is no tag, and the host where there is nothing', () => {
    const { title, description } = shownOn('slack', { '<title>': 'The title', description: 'The description' });
    assert.deepEqual([title, description], ['The title', 'The description']);
    assert.equal(shownOn('slack', {}).title, 'www.example.com');
    assert.equal(shownOn('slack', {}).domain, 'example.com');
  });

  it('is none of the tags of X on LinkedIn', () => {
    assert.equal(shownOn('linkedin', { '<title>': 'The title', 'twitter:title': 'Of X' }).title, 'The title');
  });

  it('has no description where the network shows none', () => {
    for (const name of ['linkedin', 'threads', 'reddit', 'pinterest', 'apple'] as const) {
      assert.equal(shownOn(name, both).description, null, name);
    }
  });

  it('is cut where the network cuts it, between characters', () => {
    const { title } = shownOn('pinterest', { 'og:title': `${'a'.repeat(38)}👩‍👩‍👧‍👦bc` });
    assert.equal(title, `${'a'.repeat(38)}👩‍👩‍👧‍👦…`);
    assert.equal(shownOn('pinterest', { 'og:title': 'a'.repeat(40) }).title, 'a'.repeat(40));
    assert.equal([...(shownOn('twitter', { 'og:description': 'b'.repeat(500) }).description ?? '')].length, 200);
  });

  it('is large where the page says so, or nothing is known of it', () => {
    assert.equal(shownOn('twitter', { 'twitter:card': 'summary_large_image' }).isLarge, true);
    assert.equal(shownOn('twitter', { 'twitter:card': 'summary' }).isLarge, false);
    assert.equal(shownOn('twitter', null).isLarge, true);
  });
});
