import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { CardId, KeptCard, Outcome, StoredResponse } from '../../model/card.ts';
import type { Tables } from './schema.ts';
import { wholeMs } from './whole-ms.ts';

/** Rows of `cards` to values and back; stored text is trusted to be ours. */

/** Matches the card's row in `cards`. */
export function isCard(id: CardId): RawBuilder<boolean> {
  return sql<boolean>`page_id = (SELECT id FROM pages WHERE website_id = ${id.websiteId} AND target = ${id.target})
    AND consumer = ${id.consumer} AND variant = ${id.variant}`;
}

export type CardRow = Pick<
  Selectable<Tables['cards']>,
  'consumer' | 'variant' | 'outcome' | 'head' | 'policy' | 'version_tag' | 'response_id' | 'purge_version'
>;

export const cardColumns = [
  'cards.consumer',
  'cards.variant',
  'cards.outcome',
  'cards.head',
  'cards.policy',
  'cards.version_tag',
  'cards.response_id',
  'cards.purge_version',
] as const;

export function toCard(page: Pick<CardId, 'websiteId' | 'target'>, row: CardRow): KeptCard {
  return {
    id: { ...page, consumer: row.consumer, variant: row.variant },
    outcome: JSON.parse(row.outcome) as Outcome,
    head: JSON.parse(row.head) as KeptCard['head'],
    policy: JSON.parse(row.policy) as KeptCard['policy'],
    versionTag: row.version_tag,
    responseId: row.response_id,
    purgeVersion: row.purge_version,
  };
}

/** The column values of a card, except its page and request times. */
export function cardValues(card: KeptCard) {
  const { id, outcome } = card;
  return {
    consumer: id.consumer,
    variant: id.variant,
    outcome: JSON.stringify(outcome),
    picture_hash: outcome.kind === 'picture' ? outcome.picture.hash : null,
    picture_size: outcome.kind === 'picture' ? outcome.picture.size : 0,
    ...responseValues(card),
    response_id: card.responseId,
    purge_version: card.purgeVersion,
  };
}

export function responseValues({ head, policy, versionTag }: StoredResponse) {
  return {
    head: JSON.stringify(head),
    policy: JSON.stringify(policy),
    version_tag: versionTag,
    received_at: wholeMs(policy.receivedAt),
  };
}
