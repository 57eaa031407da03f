import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { CardId, KeptCard, Outcome } from '../../model/card.ts';
import { defaultSettings, type Website, type WebsiteId } from '../../model/website.ts';
import type { Schema } from './schema.ts';

/** Rows to values and back; the one place where stored text is believed to be what we wrote. */

/** The row of `cards` that a card has. */
export function isCard(id: CardId): RawBuilder<boolean> {
  return sql<boolean>`page_id = (SELECT id FROM pages WHERE website_id = ${id.websiteId} AND target = ${id.target})
    AND consumer = ${id.consumer} AND variant = ${id.variant}`;
}

export type CardRow = Pick<
  Selectable<Schema['cards']>,
  'consumer' | 'variant' | 'outcome' | 'response' | 'policy' | 'version_tag' | 'response_id' | 'mark'
>;

export const cardColumns = [
  'cards.consumer',
  'cards.variant',
  'cards.outcome',
  'cards.response',
  'cards.policy',
  'cards.version_tag',
  'cards.response_id',
  'cards.mark',
] as const;

export function toCard(page: Pick<CardId, 'websiteId' | 'target'>, row: CardRow): KeptCard {
  return {
    id: { ...page, consumer: row.consumer, variant: row.variant },
    outcome: JSON.parse(row.outcome) as Outcome,
    response: JSON.parse(row.response) as KeptCard['response'],
    policy: JSON.parse(row.policy) as KeptCard['policy'],
    versionTag: row.version_tag,
    responseId: row.response_id,
    mark: row.mark,
  };
}

/** The columns that a card fills, but for its page and when it was asked for. */
export function cardValues(card: KeptCard) {
  const { id, outcome } = card;
  return {
    consumer: id.consumer,
    variant: id.variant,
    outcome: JSON.stringify(outcome),
    picture_hash: outcome.kind === 'picture' ? outcome.picture.hash : null,
    picture_size: outcome.kind === 'picture' ? outcome.picture.size : 0,
    ...basisValues(card),
    response_id: card.responseId,
    mark: card.mark,
  };
}

export function basisValues(basis: Pick<KeptCard, 'response' | 'policy' | 'versionTag'>) {
  return {
    response: JSON.stringify(basis.response),
    policy: JSON.stringify(basis.policy),
    version_tag: basis.versionTag,
  };
}

export function toWebsite(row: Selectable<Schema['websites']>): Website {
  return {
    id: row.id as WebsiteId,
    origin: row.origin as Website['origin'],
    connection: row.connection as Website['connection'],
    publicKey: row.public_key as Website['publicKey'],
    settings: { ...defaultSettings, ...(JSON.parse(row.settings) as Partial<Website['settings']>) },
    createdAt: row.created_at,
  };
}
