import { commandsPage } from './commands.ts';
import { networksPage } from './networks.ts';
import { problemsPage } from './problems.ts';
import { settingsPage } from './settings.ts';

/** Pages that code writes, whole or in part, by their files from the repository's root. `npm run docs:write` renews them. */
export const generated: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/reference/commands.md': commandsPage,
  'docs/reference/networks.md': networksPage,
  'docs/problems/README.md': problemsPage,
  'docs/settings.md': settingsPage,
};
