import assert from 'node:assert/strict';
import type { CardRequest } from '../../../src/cards/request.ts';
import type { KeptCard } from '../../../src/model/card.ts';
import type { CardResponse } from '../../../src/model/card-response.ts';
import { Problem } from '../../../src/model/problem.ts';
import type { Clock } from '../../../src/model/units.ts';
import type { Target } from '../../../src/model/website.ts';
import type { PreparedDocument } from '../../../src/render/document/prepare-document.ts';
import type { Log } from './log.ts';
import type { WaitingOrigin } from './origin.ts';

/** What may be answered, kept and drawn; it knows the order of events, and nothing of how cards are made. */
export class Reference {
  /** Told what each answer shows. */
  onAnswer: (text: string) => void = () => {};
  /** Fetches for owners who had a card drawn at once: those cards wait for nobody. */
  readonly fetchedByHand = new Set<number>();
  readonly #log: Log;
  readonly #origin: WaitingOrigin;
  readonly #clock: Clock;
  /** When the card of a page that forbids keeping was first sent, by fetch and consumer. */
  readonly #sent = new Map<string, number>();
  /** When the response of each kept card was received, as it was last seen. */
  readonly #received = new Map<string, number>();
  #clockIsTrue = true;

  constructor(log: Log, origin: WaitingOrigin, clock: Clock) {
    this.#log = log;
    this.#origin = origin;
    this.#clock = clock;
  }

  answered({ target, consumer }: CardRequest, began: number, response: CardResponse | Problem): void {
    if (response instanceof Problem) {
      const id = Number(/^fetch (\d+) failed$/.exec(response.message)?.[1] ?? 0);
      if (id > 0) this.#isOfAfterThePurge(target, id, began);
      return;
    }
    const { card, bytes, cacheStatus, reuse } = response;
    const text = card.outcome.kind === 'gone' ? card.head.url : bytes.toString();
    const [, fetch, unfinished] = /fetch (\d+) version \d+( unfinished)?$/.exec(text) ?? [];
    const id = Number(fetch);
    this.onAnswer(text);
    assert.ok(id > 0, `an answer of no fetch: ${text}`);
    this.#isOfAfterThePurge(target, id, began);

    if (unfinished !== undefined) {
      assert.equal(cacheStatus.detail, 'unfinished-drawing', 'an unfinished drawing is sent as a card');
      assert.equal(reuse, 'no-store', 'an unfinished drawing may be kept');
      assert.notEqual(cacheStatus.stored, true, 'an unfinished drawing is kept');
    } else if (cacheStatus.hit && cacheStatus.detail === undefined) {
      const until = this.#origin.freshUntil.get(id) ?? 0;
      assert.ok(this.#clock.now() < until, `fetch ${id} is sent as fresh, ${this.#clock.now() - until} ms too late`);
    }

    if (!this.#origin.forbidden.has(id)) return;
    assert.equal(reuse, 'no-store', 'a card that may not be kept may be kept by the one who asks');
    const key = `${id} ${consumer.name}`;
    const sent = this.#sent.get(key) ?? this.#log.next();
    this.#sent.set(key, sent);
    assert.ok(began < sent, 'a card that may not be kept answers who asks later');
  }

  /** What the store has of a page: never older than what it had. */
  kept(target: Target, cards: readonly KeptCard[]): void {
    for (const { id, policy, outcome } of cards) {
      const key = `${target} ${id.consumer}`;
      const before = this.#received.get(key) ?? 0;
      assert.ok(!this.#clockIsTrue || policy.receivedAt >= before, `${key} was replaced by an older response`);
      assert.equal(policy.storeForbiddenBy, null, `${key} is kept though its page forbids it`);
      assert.ok(outcome.kind === 'gone' || outcome.picture.size > 0);
      this.#received.set(key, policy.receivedAt);
    }
  }

  /** What one process draws at the same moment: one document of a page for a network, and as many as there were purges. */
  drawing(documents: readonly PreparedDocument[]): void {
    const seen = new Set<string>();
    for (const { body, spec, url } of documents) {
      const id = Number(/fetch (\d+)/.exec(body.toString())?.[1]);
      if (this.fetchedByHand.has(id)) continue;
      const key = `${url} ${spec.consumer} ${id}`;
      assert.ok(!seen.has(key), `${key} is drawn twice at once`);
      seen.add(key);
    }
  }

  /** What all processes draw at the same moment, of what was fetched since the last purge and may be kept. */
  drawingEverywhere(documents: readonly PreparedDocument[]): void {
    const seen = new Set<string>();
    for (const { body, spec, url } of documents) {
      const id = Number(/fetch (\d+)/.exec(body.toString())?.[1]);
      const target = this.#origin.fetches[id - 1]?.target ?? '';
      const purged = this.#log.purgedBefore(target, Number.POSITIVE_INFINITY);
      if (
        this.fetchedByHand.has(id) ||
        this.#origin.forbidden.has(id) ||
        (this.#origin.fetches[id - 1]?.began ?? 0) < purged
      )
        continue;
      const key = `${url} ${spec.consumer}`;
      assert.ok(!seen.has(key), `${key} is drawn by two processes at once`);
      seen.add(key);
    }
  }

  /** From then on the times of responses no longer tell which of them is newer. */
  clockWasSetBack(): void {
    this.#clockIsTrue = false;
  }

  #isOfAfterThePurge(target: Target, id: number, began: number): void {
    const fetch = this.#origin.fetches[id - 1];
    const purged = this.#log.purgedBefore(target, began);
    assert.ok(fetch !== undefined && fetch.target === target, `${target} is answered with another page`);
    assert.ok(fetch.began > purged, `fetch ${id} of ${target} began before a purge, and answers who asked after it`);
  }
}
