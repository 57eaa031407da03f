import type { Setting } from '../../../server/src/settings/setting.ts';
import { settings } from '../../../server/src/settings/settings.ts';
import { withPart } from './part.ts';

/** The page of settings, with the table of environment variables as the service reads them. */
export function settingsPage(): Promise<string> {
  return withPart(
    'docs/settings.md',
    'settings',
    `| variable | default | meaning |
| --- | --- | --- |
${Object.entries(settings).map(row).join('\n')}
`,
  );
}

function row([name, { takes, shownDefault, meaning }]: [string, Setting<unknown>]): string {
  const values = takes.values === '' ? '' : ` (${takes.values})`;
  return `| \`${name}\` | ${shownDefault} | ${meaning}${values} |`;
}
