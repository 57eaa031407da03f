import { sql } from 'kysely';
import type { CardId } from '../../../model/card.ts';
import type { Milliseconds } from '../../../model/units.ts';
import { turnName } from '../../records/turn-name.ts';
import { type PurgeStateRow, purgeState } from '../changes/purges.ts';
import type { Now } from '../clock.ts';
import type { Prepared } from '../connection/database.ts';
import { acquiring } from '../leases.ts';

/** `name` is null while another holder has the lease. */
export type TurnRow = PurgeStateRow & { readonly name: string | null };

/** Asks for the lease to make a card. */
export function takingTurn(id: CardId, holder: string, ttl: Milliseconds, now: Now): Prepared<TurnRow> {
  const { before, after } = turnName(id);
  const named = sql`SELECT ${before}::text || covering || ${after}::text AS name FROM page`;
  const query = sql<TurnRow>`
    WITH page AS (${purgeState(id.websiteId, id.target)}),
    lease AS (${acquiring(named, holder, ttl, now)})
    SELECT newest, covering, kept, (SELECT name FROM lease) AS name FROM page`;
  return { name: 'take turn', query };
}
