import type { Command } from 'commander';
import type { Config } from '../config.ts';

type AddCommand = (program: Command, config: () => Config) => void;

/** The commands, in the order of the help. Only the one that is called is loaded: the others would make it wait. */
export const commands: Readonly<Record<string, { readonly does: string; readonly load: () => Promise<AddCommand> }>> = {
  serve: { does: 'run the service', load: async () => (await import('./serve.ts')).addServeCommand },
  site: {
    does: 'websites: create, list, remove, change settings; their keys',
    load: async () => (await import('./site.ts')).addSiteCommands,
  },
  cache: {
    does: "kept cards: list a page's, or purge a page, a prefix or a whole website",
    load: async () => (await import('./cache.ts')).addCacheCommands,
  },
  warm: {
    does: "draw the cards of a website's pages before anybody shares them",
    load: async () => (await import('./warm.ts')).addWarmCommand,
  },
  account: {
    does: "people's accounts: list them, name the owner of the service, reset a lost password",
    load: async () => (await import('./account.ts')).addAccountCommands,
  },
  backup: {
    does: 'copy the database and the master key to a file, while the service runs',
    load: async () => (await import('./backup.ts')).addBackupCommand,
  },
  restore: {
    does: 'restore a data folder from a backup',
    load: async () => (await import('./restore.ts')).addRestoreCommand,
  },
  migrate: {
    does: 'move everything between SQLite with files and Postgres with S3',
    load: async () => (await import('./migrate.ts')).addMigrateCommand,
  },
  doctor: {
    does: 'check whether the service can work well on this machine, and say how to fix what it finds',
    load: async () => (await import('./doctor.ts')).addDoctorCommand,
  },
  login: {
    does: 'save an API key of a service; commands then use that service',
    load: async () => (await import('./login.ts')).addLoginCommand,
  },
  logout: { does: 'forget that key', load: async () => (await import('./login.ts')).addLogoutCommand },
  render: { does: 'draw one card to a file', load: async () => (await import('./render.ts')).addRenderCommand },
  dev: {
    does: "show a page's cards in your browser, drawn again as you change the page",
    load: async () => (await import('./dev.ts')).addDevCommand,
  },
  explain: {
    does: "explain how a page's headers and tags are judged",
    load: async () => (await import('./explain.ts')).addExplainCommand,
  },
  verify: {
    does: "check that a page's tags are present and valid",
    load: async () => (await import('./verify.ts')).addVerifyCommand,
  },
};
