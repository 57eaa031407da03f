import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assess } from '../../src/freshness/assess.ts';
import { explain } from '../../src/freshness/explain.ts';
import { pageStatus } from '../../src/freshness/page-status.ts';
import { epochMs, seconds } from '../../src/model/units.ts';

const now = epochMs(Date.UTC(2026, 10, 23));

interface Page {
  readonly status?: number;
  readonly versionTag?: string;
  readonly defaultMaxAge?: number;
}

function explained(headers: Record<string, string>, { status = 200, versionTag, defaultMaxAge }: Page = {}) {
  const url = 'https://example.com/';
  const head = { url, status, headers: Object.entries(headers), requestTime: now, responseTime: now };
  const policy = assess(head, {
    defaultMaxAge: defaultMaxAge === undefined ? null : seconds(defaultMaxAge),
    heuristicMax: seconds(600),
    requestHeaders: {},
  });
  return explain({ head, policy, versionTag: versionTag ?? null }, now);
}

const cc = (value: string) => ({ 'cache-control': value });
const textOf = ({ verdict, reasons, advice }: ReturnType<typeof explain>) => [verdict, ...reasons, ...advice].join(' ');

describe('the advice for a page', () => {
  it('that says nothing of freshness offers the default max-age of the website', () => {
    for (const headers of [{}, { etag: '"a"' }]) {
      assert.match(explained(headers).advice.join(), /site settings <website> --default-max-age 3600/);
    }
    assert.deepEqual(explained({}, { defaultMaxAge: 3600 }).advice, []);
  });

  it('that says it is stale offers none, which would not count', () => {
    for (const value of ['max-age=0', 'no-cache']) {
      assert.doesNotMatch(explained(cc(value)).advice.join(), /default/, value);
      assert.match(explained(cc(value)).advice.join(), /max-age=3600/, value);
    }
  });

  for (const value of ['max-age=0, private, must-revalidate', 'private, no-cache, no-store, max-age=0', 'no-store']) {
    it(`that sends "${value}" says what would let it be kept`, () => {
      const [only = ''] = explained(cc(value)).advice;
      assert.match(only, /Cache-Control: public, max-age=3600 instead of (private|no-store)/);
      assert.match(only, /CDN-Cache-Control: max-age=3600/);
      assert.match(only, /og:plus:cache:max_age/);
    });
  }

  it('whose CDN-Cache-Control keeps it out offers no second one', () => {
    const [only = ''] = explained({ 'cdn-cache-control': 'no-store' }).advice;
    assert.match(only, /CDN-Cache-Control: public, max-age=3600 instead of no-store; or give/);
  });

  it('that is fresh for a year says how to tell of a change, unless a version tells it', () => {
    const long = cc('s-maxage=31536000, stale-while-revalidate');
    assert.match(explained(long).advice.join(), /365 days\..*cache rm.*og:plus:cache:etag/);
    assert.deepEqual(explained(long, { versionTag: 'v1' }).advice, []);
    assert.deepEqual(explained(cc('max-age=86400')).advice, []);
  });
});

describe('a page with a version tag', () => {
  it('is told of it', () => {
    assert.match(explained(cc('max-age=60'), { versionTag: 'v1' }).reasons.join(), /og:plus:cache:etag "v1"/);
  });

  it('is not said to be left alone while its card is fresh', () => {
    assert.match(
      explained(cc('max-age=60'), { versionTag: 'v1' }).verdict,
      /asked now and then whether og:plus:cache:etag/,
    );
    assert.match(explained(cc('max-age=60')).verdict, /, without asking the site\.$/);
  });
});

describe('a page that must be asked for and has no validator', () => {
  it('is told which directive says so', () => {
    const { verdict } = explained(cc('no-cache, max-age=600'));
    assert.match(
      verdict,
      /because Cache-Control: no-cache requires a check and the page has no ETag or Last-Modified\.$/,
    );
    assert.match(explained({}).verdict, /because the page has no lifetime and no ETag or Last-Modified\.$/);
  });
});

describe('a page that is gone', () => {
  it('has no card, and says for how long that is kept', () => {
    const { verdict, advice } = explained(cc('max-age=600'), { status: 404 });
    assert.match(verdict, /^The page answers 404: there is no card\. The site is asked again in 10 minutes, at 2026/);
    assert.deepEqual(advice, []);
  });

  it('is asked for again each time where it does not allow to keep that', () => {
    for (const headers of [{}, cc('no-store'), cc('no-cache')]) {
      const { verdict } = explained(headers, { status: 410 });
      assert.match(verdict, /^The page answers 410: there is no card\. The site is asked again for every request\.$/);
    }
  });

  it('is never said to be drawn or kept as a card', () => {
    for (const headers of [{}, { etag: '"a"' }, cc('no-store'), cc('max-age=60')]) {
      assert.doesNotMatch(textOf(explained(headers, { status: 404 })), /draw|card is kept|old card/);
    }
  });
});

describe('a page that may be sent old while it is renewed', () => {
  it('is not sent old for no time at all', () => {
    const text = textOf(explained(cc('s-maxage=60, stale-while-revalidate=600')));
    assert.match(text, /For 10 minutes more, the old card is sent at once/);
    assert.match(text, /When the site fails after that, no old card is sent\./);
    assert.doesNotMatch(text, /0 seconds/);
  });
});

describe('what is said of an old card agrees with when it is sent,', () => {
  const sentences: Readonly<Record<string, RegExp>> = {
    'max-age=60': /When the site is slow or fails, the old card is sent\.$/,
    'max-age=60, stale-if-error=600':
      /When the site is slow or fails, the old card is sent for 10 minutes \(stale-if-error\)\.$/,
    'max-age=60, stale-if-error=0': /When the site is slow or fails, no old card is sent\.$/,
    's-maxage=60, stale-if-error=600':
      /When the site is slow, no old card is sent\. When the site fails, the old card is sent for 10 minutes \(stale-if-error\)\.$/,
    'max-age=60, stale-while-revalidate=600':
      /at once while it is renewed \(stale-while-revalidate\)\. When the site fails, the old card is sent\.$/,
    'no-cache': /Cache-Control: no-cache forbids sending an old card/,
    'max-age=60, must-revalidate': /Cache-Control: must-revalidate forbids sending an old card/,
  };
  for (const [value, sentence] of Object.entries(sentences)) {
    it(`where the page sends ${value}`, () => assert.match(explained(cc(value)).reasons.join(' '), sentence));
  }

  it('where it sends Vary: *', () => {
    const { reasons } = explained({ ...cc('max-age=60'), vary: '*' });
    assert.match(reasons.join(' '), /Vary: \* forbids sending an old card/);
  });
});

describe('a page whose drawing was incomplete', () => {
  const statusAfter = (value: string) => {
    const head = {
      url: 'https://example.com/',
      status: 200,
      headers: Object.entries(cc(value)),
      requestTime: now,
      responseTime: now,
    };
    const policy = assess(head, { defaultMaxAge: null, heuristicMax: seconds(600), requestHeaders: {} });
    const response = { head, policy, versionTag: null };
    const known = { response, hasPicture: true, forbiddenBy: null, isPurged: false, isKnown: true, hasFallback: false };
    return pageStatus({ ...known, trouble: { kind: 'unfinished' } }, epochMs(now + 61_000)).says;
  };

  it('keeps its older picture in use, unless the page forbids that', () => {
    assert.match(statusAfter('max-age=60'), /so the older picture is sent/);
    assert.match(statusAfter('max-age=60, must-revalidate'), /so it is sent for a short time and not kept/);
  });
});
