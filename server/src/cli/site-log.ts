import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { Actor, AuditAction, SettingValue } from '../model/audit.ts';
import { parseOrigin } from '../websites/parse.ts';
import { openBackend } from './backend/open-backend.ts';
import { argument, print, printJson, table, UsageError } from './terminal.ts';

interface LogOptions {
  readonly limit: string;
  readonly json?: boolean;
}

// As many as one answer of the API has.
const most = 200;

export function addLogCommand(site: Command, config: () => Config): void {
  site
    .command('log <origin>')
    .description('show who changed what on a website, newest first; with a data folder, also on a removed one')
    .option('--limit <count>', `how many changes, 1 to ${most}`, '50')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npx ogplus site log https://example.com')
    .action((origin: string, options: LogOptions) => show(config(), origin, options));
}

async function show(config: Config, address: string, { limit: text, json }: LogOptions): Promise<void> {
  const origin = argument(() => parseOrigin(address));
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > most) throw new UsageError(`--limit ${text}: must be 1 to ${most}.`);
  await using backend = await openBackend(config);
  const changes = await backend.log(origin, limit);
  if (json === true) printJson(changes);
  else if (changes.length === 0) print(`No changes to ${origin} yet.`);
  else
    print(
      table([
        ['WHEN', 'WHO', 'WHAT', 'DETAILS'],
        ...changes.map(({ at, actor, action }) => [at, whoOf(actor), action.kind, detailsOf(action)]),
      ]),
    );
}

function whoOf(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return actor.name;
    case 'person-key':
      return `${actor.name} (API key ${actor.key})`;
    case 'website-key':
      return actor.key;
    case 'deploy-hook':
      return `deploy hook ${actor.name || actor.id}`;
    case 'command-line':
      return 'command line';
    case 'service':
      return 'service';
  }
}

function detailsOf(action: AuditAction): string {
  if (action.kind === 'settings.changed') {
    return action.changes.map(({ name, from, to }) => `${name}: ${shown(from)} → ${shown(to)}`).join('; ');
  }
  if (action.kind === 'cache.purged') {
    if (action.part === 'website') return 'everything';
    if (action.part === 'prefix') return `${action.prefix}…`;
    const more = action.count - action.targets.length;
    return action.targets.join(' ') + (more > 0 ? ` and ${more} more` : '');
  }
  const { kind: _, ...facts } = action;
  return Object.entries(facts)
    .filter(([name, value]) => value !== null && value !== '' && name !== 'personId')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

function shown(value: SettingValue): string {
  if (value === null) return 'not set';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'object' ? value.join(', ') || 'none' : String(value);
}
