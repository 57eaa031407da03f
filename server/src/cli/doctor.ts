import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { browserChecks } from '../operations/doctor/browser.ts';
import { type Finding, found as findingOf } from '../operations/doctor/check.ts';
import { dataChecks } from '../operations/doctor/data.ts';
import { machineChecks, plainDateOf } from '../operations/doctor/machine.ts';
import { networkChecks } from '../operations/doctor/network.ts';
import { hasStore } from '../store/data-folder.ts';
import type { Store } from '../store/ports/store.ts';
import { openDataFolder } from './backend/data-folder.ts';
import { noteStore } from './backend/note-store.ts';
import { endsBadly, print, printJson } from './terminal.ts';

export function addDoctorCommand(program: Command, config: () => Config): void {
  program
    .command('doctor')
    .description('check whether the service can work well on this machine, and say how to fix what it finds')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nRun it as the user of the service, with its settings. Exits with 1 if a check fails.\n\nExample:\n  OGPLUS_DATA_DIR=/var/lib/ogplus npx ogplus doctor',
    )
    .action((options: { json?: boolean }) => doctor(config(), options.json === true));
}

// The clock is compared with those of this many websites.
const mostOrigins = 3;
const marks = { good: '✓', bad: '✗', hint: '!' } as const;

async function doctor(config: Config, asJson: boolean): Promise<void> {
  noteStore(config);
  await using store = hasStore(config) ? await openDataFolder(config).catch(() => undefined) : undefined;
  const checks = [
    ...dataChecks(config, store, 'whole'),
    ...machineChecks(config, { origins: () => originsOf(store), dateOf: plainDateOf }),
    ...browserChecks(config),
    ...networkChecks(config),
  ];
  const found: Array<Finding & { readonly name: string }> = [];
  for (const check of checks) {
    const finding = await findingOf(check);
    found.push({ name: check.name, ...finding });
    if (!asJson) print(lines(check.name, finding));
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
