import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeCard } from '../../../client/testing/judge.ts';
import { checkTags, readTags } from '../../../client/testing/tags.ts';
import type { NamedImage } from '../../src/cards/inspect/named-image.ts';
import { checkPage, type Finding, imageOf } from '../../src/cards/inspect/page-check.ts';
import { faults, type TagFault, tagFaults } from '../../src/model/fault.ts';
import { frameworkNames } from '../../src/model/frameworks.ts';
import type { Origin } from '../../src/model/website.ts';
import { frameworkOf, frameworks } from '../../src/snippets/frameworks.ts';
import { htmlTags, metaTag } from '../../src/snippets/html-tags.ts';
import { mendOf } from '../../src/snippets/mend.ts';
import type { PageWords } from '../../src/snippets/snippet.ts';
import { clientFrameworks, tagsOfSnippets } from './run.ts';

const words: PageWords = {
  connectionUrl: 'https://mlghbepw.cards.example.com',
  origin: 'https://example.com',
  target: '/blog/hello',
  title: 'Tea & "Cake", isn\'t it? </script> {{ #{x} }} %>',
  description: 'With \\ milk, <b>sugar</b> and {% lemon %}.',
};
const url = words.origin + words.target;
const good = htmlTags({ ...words, type: 'article' });
const without = (...names: string[]) =>
  good
    .split('\n')
    .filter((line) => !names.some((name) => line.includes(`"${name}"`)))
    .join('\n');
const instead = (name: string, content: string) => `${without(name)}\n${metaTag(name, content)}`;

/** A page's head with each fault, and what its picture is where its form alone does not tell. */
const faulty: Readonly<Record<TagFault, { readonly head: string; readonly named?: NamedImage }>> = {
  'title-missing': { head: without('og:title') },
  'image-missing': { head: without('og:image') },
  'image-relative': { head: instead('og:image', '/blog/hello.png') },
  'image-foreign': { head: instead('og:image', 'https://pictures.example.com/a.png') },
  'image-dead': { head: good, named: { kind: 'nothing', why: 'It names no website.' } },
  'image-of-other-page': { head: instead('og:image', `${words.connectionUrl}/blog/other`) },
  'image-of-other-website': {
    head: good,
    named: { kind: 'card', origin: 'https://other.example' as Origin, target: words.target, ignored: [] },
  },
  'image-twice': { head: `${good}${metaTag('og:image', 'https://pictures.example.com/a.png')}` },
  'description-missing': { head: without('og:description') },
  'url-missing': { head: without('og:url') },
  'type-missing': { head: without('og:type') },
  'small-card': { head: without('twitter:card') },
  'max-age-malformed': { head: `${good}${metaTag('og:plus:cache:max_age', 'a day')}` },
  'viewport-width-malformed': { head: `${good}${metaTag('og:plus:viewport:width', 'wide')}` },
  'delay-malformed': { head: `${good}${metaTag('og:plus:delay', 'long')}` },
};

const found = (fault: TagFault): readonly Finding[] => {
  const { head, named } = faulty[fault];
  if (named === undefined) return checkPage(...checked(head));
  return checkPage(readTags(head), [{ origin: words.origin, target: words.target }], named);
};
const checked = (head: string): Parameters<typeof checkPage> => {
  const tags = readTags(head);
  const image = imageOf(tags) ?? '';
  const own = image.startsWith(words.connectionUrl);
  const target = image.slice(words.connectionUrl.length);
  const named: NamedImage = own ? { kind: 'card', origin: null, target, ignored: [] } : { kind: 'foreign' };
  const seen = [{ origin: words.origin, target: words.target }] as const;
  return [tags, seen, URL.canParse(image) ? named : undefined];
};
const faultsIn = (html: string) =>
  checkTags(`<!doctype html><html><head>${html}</head></html>`, url).flatMap((finding) =>
    'fault' in finding && finding.fault !== null ? [finding.fault] : [],
  );

/** The head with the mend's tags in place of those of the same names. */
function mended(head: string, code: string): string {
  const names = readTags(code).map(({ name }) => `"${name}"`);
  const left = head.split('\n').filter((line) => !names.some((name) => line.includes(name)));
  return [...left, code].join('\n');
}

describe('every fault of the tags', () => {
  for (const fault of tagFaults) {
    it(`is found, and mended by its HTML: ${fault}`, () => {
      assert.deepEqual(
        found(fault).flatMap((finding) => (finding.fault === null ? [] : [finding.fault])),
        [fault],
      );
      const { codes } = mendOf(fault, frameworkOf('html'), words);
      assert.deepEqual(faultsIn(mended(faulty[fault].head, codes.map(({ code }) => code).join(''))), []);
    });
  }

  for (const id of clientFrameworks) {
    it(`is mended by code that calls the client: ${frameworkNames[id]}`, () => {
      for (const fault of tagFaults) {
        const framework = frameworkOf(id);
        const { codes } = mendOf(fault, framework, words);
        // The set-up is what every page of the website needs, and each page its own words.
        const page = codes.some(({ code }) => code.includes('createOgPlus')) ? framework.page(words) : codes;
        const html = tagsOfSnippets(id, page, words);
        assert.deepEqual(faultsIn(html), [], fault);
        const [title] = readTags(html).filter(({ name }) => name === 'og:title');
        assert.equal(title?.content, words.title);
      }
    });
  }
});

describe('a mend', () => {
  for (const framework of frameworks) {
    it(`says what to do, where and how: ${frameworkNames[framework.id]}`, () => {
      for (const fault of faults) {
        const { does, codes } = mendOf(fault, framework, words);
        assert.match(does, /^[A-Z].*\.$/);
        assert.ok(codes.length > 0, fault);
        for (const { file, code } of codes) {
          assert.match(file, /^[\w./[\]+-]+\.\w+$|^(public|static)\/_headers$|^Terminal$/);
          assert.match(code, /[^\n]\n$/, `${fault}: ${file}`);
          assert.doesNotMatch(code, /undefined|\[object|NaN/);
        }
      }
    });
  }

  it('names what the tag is about: a line of the template', () => {
    for (const id of ['html', 'django', 'rails', 'laravel', 'wordpress', 'hugo'] as const) {
      for (const [fault, tag] of [
        ['image-twice', 'og:image'],
        ['url-missing', 'og:url'],
        ['type-missing', 'og:type'],
        ['small-card', 'twitter:card'],
        ['max-age-malformed', 'og:plus:cache:max_age'],
        ['viewport-width-malformed', 'og:plus:viewport:width'],
        ['delay-malformed', 'og:plus:delay'],
        ['kept-long', 'og:plus:cache:etag'],
      ] as const) {
        const { codes } = mendOf(fault, frameworkOf(id), words);
        assert.equal(codes.length, 1);
        assert.ok(codes[0]?.code.includes(tag), `${id}: ${fault}`);
      }
    }
  });

  it('keeps the query of a page that it makes a difference to', () => {
    const page = { ...words, target: '/blog?page=2' };
    for (const id of clientFrameworks) {
      const tags = readTags(tagsOfSnippets(id, frameworkOf(id).page(page), page));
      const image = tags.find(({ name }) => name === 'og:image')?.content;
      assert.equal(image, `${words.connectionUrl}/blog?page=2`, id);
    }
  });
});

describe('what could be better about how long a card is kept', () => {
  const keptFor = (headers: Record<string, string>, head = '') => judgeCard({ headers }, readTags(head));
  const tagOf = (fault: 'never-kept' | 'kept-long') =>
    mendOf(fault, frameworkOf('html'), words).codes.find(({ code }) => code.startsWith('<meta'))?.code;

  it('is mended by a tag of HTML', () => {
    assert.equal(keptFor({ 'cache-control': 'no-store' }).keptFor, 0);
    assert.equal(keptFor({ 'cache-control': 'no-store' }, tagOf('never-kept')).keptFor, 3600);
    const year = { 'cache-control': 'max-age=31536000' };
    assert.equal(keptFor(year).advice.length, 1);
    assert.equal(keptFor(year, tagOf('kept-long')).advice.length, 0);
  });

  it('is mended by the version of the page, in code that calls the client', () => {
    for (const id of clientFrameworks) {
      const { codes } = mendOf('kept-long', frameworkOf(id), words);
      const tags = readTags(tagsOfSnippets(id, codes, words));
      assert.ok(
        tags.some(({ name, content }) => name === 'og:plus:cache:etag' && content === '7'),
        id,
      );
    }
  });
});
