import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { parsePageUrl } from '../websites/parse.ts';
import { followPage } from './development/follow-page.ts';
import { LiveCards } from './development/live-cards.ts';
import { startLiveServer } from './development/live-server.ts';
import { openPageDrawer } from './development/page-drawer.ts';
import { untilStopped } from './development/until-stopped.ts';
import { argument, print, UsageError } from './terminal.ts';

// Always the same, so that the page can stay open in the browser.
const usualPort = 4180;

export function addDevCommand(program: Command, config: () => Config): void {
  program
    .command('dev <pageUrl>')
    .description("show a page's cards for every network in your browser, drawn again as you change the page")
    .option('--port <number>', 'the port of the live page on this machine; 0 for any free port', String(usualPort))
    .addHelpText('after', '\nExample:\n  npx ogplus dev http://localhost:3000/blog/hello')
    .action((pageUrl: string, { port }: { port: string }) => dev(config(), pageUrl, port));
}

async function dev(config: Config, pageUrl: string, port: string): Promise<void> {
  argument(() => parsePageUrl(pageUrl));
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError(`--port ${port}: must be 0 to 65535.`);
  await using drawer = await openPageDrawer(config);
  const cards = new LiveCards(drawer, pageUrl);
  await using server = await startLiveServer(cards, Number(port));
  print(`The cards of ${pageUrl} are at ${server.address}\nPress Ctrl-C to stop.`);
  const draw: LiveCards['draw'] = (...turn) => cards.draw(...turn);
  const fail: LiveCards['fail'] = (message) => cards.fail(message);
  await untilStopped((signal) => followPage(drawer, pageUrl, { draw, fail }, signal));
}
