import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endsWithScript } from '../../../src/render/page/ready/ends-with-script.ts';

const url = 'https://elsewhere.example/js/last.js?v=1';
const page = (end: string) => Buffer.from(`<!doctype html><body><h1>text</h1>${end}`);

describe('a document ends with a script', () => {
  for (const end of [
    '<script src="/js/last.js?v=1"></script>',
    '<script src="/js/last.js?v=1"></script></body></html>\n',
    '<SCRIPT SRC="last.js?v=1"></SCRIPT><script>let x = "<p>text</p>"</script><!-- <p> --></div></body>',
    '<script src="last.js?v=1">',
    '<script src="last.js?v=1"></script><!-- never closed',
  ]) {
    it(end, () => assert.equal(endsWithScript(page(end), url), true));
  }
});

describe('a document does not end with a script', () => {
  for (const end of [
    '<p>no script</p>',
    '<script src="other.js"></script>',
    '<script src="last.js?v=1"></script><p>text',
    '<script src="last.js?v=1"></script>text',
    '<script src="last.js?v=1"></script><script></script><img src="x">',
  ]) {
    it(end, () => assert.equal(endsWithScript(page(end), url), false));
  }

  it('whose address has no name', () => assert.equal(endsWithScript(page(''), 'https://elsewhere.example/'), false));
});
