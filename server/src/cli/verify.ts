import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { parsePageUrl } from '../websites/parse.ts';
import { openPageLook, type PageLook } from './look-at-page.ts';
import { argument, CommandError, counted, endsBadly, print, printJson, UsageError, withSpinner } from './terminal.ts';
import { junit } from './verify/junit.ts';
import { mendLines } from './verify/mend-lines.ts';
import { pagesOfSitemap } from './verify/sitemap-pages.ts';
import { failed, line, type VerifiedPage, verified } from './verify/verified-page.ts';
import { checkWritable } from './writable.ts';

interface VerifyOptions {
  readonly json?: boolean;
  readonly sitemap?: string;
  readonly junit?: string;
}

export function addVerifyCommand(program: Command, config: () => Config): void {
  program
    .command('verify [pageUrl]')
    .description("check that a page's tags are present and valid; exits with 1 if a required tag is not")
    .option('--sitemap <url>', 'check every page of a sitemap instead')
    .option('--junit <file>', 'with --sitemap: write the results as JUnit XML too')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx ogplus verify https://example.com/blog/hello
  npx ogplus verify --sitemap https://example.com/sitemap.xml --junit cards.xml`,
    )
    .action((pageUrl: string | undefined, options: VerifyOptions) => {
      const { sitemap } = options;
      if ((pageUrl === undefined) === (sitemap === undefined)) {
        throw new UsageError('Give a page or a sitemap: ogplus verify <pageUrl>, ogplus verify --sitemap <url>');
      }
      if (sitemap !== undefined) return verifyAll(config(), sitemap, options);
      if (options.junit !== undefined) throw new UsageError('--junit needs --sitemap <url>.');
      return verifyOne(config(), pageUrl ?? '', options.json === true);
    });
}

async function verifyOne(config: Config, pageUrl: string, asJson: boolean): Promise<void> {
  argument(() => parsePageUrl(pageUrl));
  await using pages = await openPageLook(config);
  const looked = await withSpinner(`Checking ${pageUrl}`, pages.look(pageUrl));
  const page = verified(pageUrl, looked);
  if (page.error !== undefined) throw new CommandError(page.error);
  const { ok, findings } = page;
  if (asJson) printJson({ url: pageUrl, ok, findings });
  else print([...findings.map(line), ...mendLines(pageUrl, looked, await pages.siteOf(pageUrl))].join('\n'));
  if (!ok) endsBadly();
}

async function verifyAll(config: Config, sitemap: string, options: VerifyOptions): Promise<void> {
  argument(() => parsePageUrl(sitemap));
  if (options.junit !== undefined) await checkWritable('--junit', options.junit);
  await using look = await openPageLook(config);
  const pages: VerifiedPage[] = [];
  const show = (page: VerifiedPage) => {
    pages.push(page);
    if (options.json !== true && !page.ok) print(wrong(page));
  };
  const verifyThem = async (addresses: readonly string[]) => {
    const left = addresses.values();
    const verifySome = async () => {
      for (const url of left) show(await verifyPage(look, url));
    };
    // As many at once as the service would fetch of one website.
    await Promise.all(Array.from({ length: config.fetchesPerWebsite }, verifySome));
  };
  const { remarks, foreign } = await withSpinner('Checking the pages', pagesOfSitemap(config, sitemap, verifyThem));
  if (pages.length === 0) throw new CommandError(`${sitemap} lists no pages of its own website.`);
  const good = pages.filter(({ ok }) => ok).length;
  const said =
    foreign === 0 ? remarks : [...remarks, `${counted(foreign, 'address', 'addresses')} of other websites left out.`];
  if (options.junit !== undefined) await writeFile(options.junit, junit(sitemap, pages));
  if (options.json === true) printJson({ sitemap, ok: good === pages.length, pages, remarks: said });
  else print([`${counted(pages.length, 'page')}: ${good} good, ${pages.length - good} wrong.`, ...said].join('\n'));
  if (good < pages.length) endsBadly();
}

async function verifyPage(look: PageLook, url: string): Promise<VerifiedPage> {
  try {
    return verified(url, await look.look(url));
  } catch (error) {
    return failed(url, error instanceof Error ? error.message : String(error));
  }
}

function wrong({ url, findings, error }: VerifiedPage): string {
  const bad = findings.filter(({ level }) => level === 'bad').map((finding) => `  ${line(finding)}`);
  return [url, ...(error === undefined ? bad : [`  ✗ ${error}`])].join('\n');
}
