import type { Actor, AuditAction } from '../../model/audit.ts';
import type { WebsiteId } from '../../model/website.ts';
import type { Store } from '../../store/ports/store.ts';
import { AuditLog } from '../../websites/audit/audit-log.ts';
import { note } from '../terminal.ts';

export const commandLine: Actor = { kind: 'command-line' };

/** Writes into a website's audit log what a command has changed. */
export type CommandLineAudit = (websiteId: WebsiteId, ...actions: readonly AuditAction[]) => Promise<void>;

/** The change is already made: if the entry cannot be written, the command says so and continues. */
export function commandLineAudit(store: Store): CommandLineAudit {
  const error = ({ err }: { readonly err?: unknown }) =>
    note(`This change is not in the audit log: ${err instanceof Error ? err.message : err}`);
  const log = new AuditLog({ records: store.audit, clock: store.clock, log: { error } });
  return (websiteId, ...actions) => log.note({ websiteId, actor: commandLine, address: null }, ...actions);
}
