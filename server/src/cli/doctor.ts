import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { Store } from '../store/ports/store.ts';
import { hasDataFolder, openDataFolder } from './backend/data-folder.ts';
import { browserChecks } from './doctor/browser.ts';
import { bad, type Finding, reasonOf } from './doctor/check.ts';
import { dataChecks } from './doctor/data.ts';
import { machineChecks } from './doctor/machine.ts';
import { networkChecks } from './doctor/network.ts';
import { endsBadly, note, print, printJson } from './terminal.ts';

export function addDoctorCommand(program: Command, config: () => Config): void {
  program
    .command('doctor')
    .description('say what keeps the service of this machine from working well, and how to mend it')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nRun it as the user of the service, with its settings. Exits with 1 where something does not work.\n\nExample:\n  OGPLUS_DATA_DIR=/var/lib/ogplus npx ogplus doctor',
    )
    .action((options: { json?: boolean }) => doctor(config(), options.json === true));
}

// As many of the websites' clocks are compared.
const mostOrigins = 3;
const marks = { good: '✓', bad: '✗', hint: '!' } as const;

async function doctor(config: Config, asJson: boolean): Promise<void> {
  note(`Data folder: ${config.dataDir}`);
  await using store = hasDataFolder(config) ? await openDataFolder(config).catch(() => undefined) : undefined;
  const checks = [
    ...dataChecks(config, store),
    ...machineChecks(config, () => originsOf(store)),
    ...browserChecks(config),
    ...networkChecks(config),
  ];
  const found: Array<Finding & { readonly name: string }> = [];
  for (const { name, find } of checks) {
    const finding = await find().catch((error) =>
      bad(reasonOf(error), 'Look at the message; this check failed itself.'),
    );
    found.push({ name, ...finding });
    if (!asJson) print(lines(name, finding));
  }
  const fails = found.some(({ level }) => level === 'bad');
  if (asJson) printJson({ ok: !fails, checks: found });
  if (fails) endsBadly();
}

async function originsOf(store: Store | undefined): Promise<readonly string[]> {
  return ((await store?.websites.list()) ?? []).slice(0, mostOrigins).map(({ origin }) => origin);
}

function lines(name: string, finding: Finding): string {
  const line = `${marks[finding.level]} ${name.padEnd('proxy: client address'.length)}  ${finding.says}`;
  return finding.level === 'good' ? line : `${line}\n    ${finding.mend}`;
}
