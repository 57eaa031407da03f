import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { assess } from '../../src/freshness/assess.ts';
import { judge } from '../../src/freshness/judge.ts';
import { epochMs, seconds } from '../../src/model/units.ts';
import { conformanceDocument, documentPath } from './document.ts';
import { type Rule, receivedAt, rules } from './rules.ts';

function policyOf({ headers, status = 200, tag, fallback }: Rule) {
  const head = {
    url: 'https://example.com/',
    status,
    headers,
    requestTime: epochMs(receivedAt),
    responseTime: epochMs(receivedAt),
  };
  return assess(head, {
    maxAgeTag: tag,
    defaultMaxAge: fallback === undefined ? null : seconds(fallback),
    heuristicMax: seconds(600),
    requestHeaders: {},
  });
}

const at = (s: number) => epochMs(receivedAt + s * 1000);

describe('a response is judged by', () => {
  for (const rule of rules) {
    it(`RFC ${rule.section}: ${rule.says}`, () => {
      const policy = policyOf(rule);
      if (rule.fresh === 'never') {
        assert.notEqual(policy.storeForbiddenBy, null);
        return;
      }
      assert.equal(policy.storeForbiddenBy, null);
      if (rule.fresh > 0) assert.equal(judge(policy, at(rule.fresh - 1)).kind, 'fresh');
      const over = judge(policy, at(rule.fresh));
      assert.equal(over.kind, 'stale');
      if (rule.stale === undefined) return;
      const late = judge(policy, at(rule.fresh + rule.stale.after));
      assert.ok(late.kind === 'stale');
      assert.equal(late.whileRevalidating, rule.stale.renewing);
      assert.equal(late.onError, rule.stale.failing);
    });
  }
});

describe('the table in docs/freshness-conformance.md', () => {
  it('is the one that is tested (renew it with: node server/test/freshness/document.ts)', async () => {
    assert.equal(await readFile(documentPath, 'utf8'), conformanceDocument());
  });
});
