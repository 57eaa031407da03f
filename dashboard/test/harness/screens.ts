import type { Website } from '../../../server/src/model/website.ts';
import { ogplus } from '../../../server/test/harness/command.ts';
import { startOrigin } from '../../../server/test/harness/origin.ts';
import { Client, password } from '../../../server/test/harness/people.ts';
import type { TestService } from '../../../server/test/harness/service.ts';
import { until } from '../../../server/test/harness/until.ts';
import { emailOf } from './dashboard.ts';

const card =
  '<meta property="og:title" content="A day by the sea"><meta name="twitter:card" content="summary_large_image">';

/** A site whose pages say very different things of how long they are good; some of them fail. */
export async function startVariedSite() {
  const answers: Record<string, readonly [status: number, headers: Record<string, string>]> = {
    '/': [200, { 'Cache-Control': 'public, max-age=600', ETag: '"home"' }],
    '/blog/a-day-by-the-sea': [200, { 'Cache-Control': 'max-age=86400, stale-while-revalidate=60' }],
    '/blog/winter?page=2': [200, { 'Last-Modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }],
    '/news': [200, { 'Cache-Control': 'no-cache', ETag: '"news"' }],
    '/cart': [200, { 'Cache-Control': 'no-store' }],
    '/broken': [200, { 'Cache-Control': 'max-age=1, must-revalidate' }],
    '/gone': [410, {}],
  };
  const site = await startOrigin((req, res) => {
    const target = req.url ?? '';
    const [status, headers] = answers[target] ?? [404, {}];
    if (target === '/broken') answers[target] = [500, {}];
    if (req.headers['if-none-match'] !== undefined && req.headers['if-none-match'] === headers['ETag']) {
      res.writeHead(304, headers).end();
      return;
    }
    res.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
    res.end(
      `<!doctype html><html lang="en"><head><title>A day by the sea</title>${card}</head><body><h1>Sea</h1></body>`,
    );
  });
  return { site, targets: Object.keys(answers) };
}

/** Has cards asked for as networks do, twice, so that some are answered from what is kept. */
export async function askForCards(test: TestService, website: Website, targets: readonly string[]): Promise<void> {
  for (const agent of ['Twitterbot/1.0', 'LinkedInBot/1.0', 'Twitterbot/1.0']) {
    await Promise.all(targets.map((target) => test.card(website, target, { 'user-agent': agent })));
    test.clock.move(2);
  }
}

/** Fills the screens of one's account and of a website's members: a key, a member, an invitation. */
export async function fillLists(test: TestService, website: Website, name: string): Promise<void> {
  const owner = new Client(test);
  await owner.signIn(emailOf(name));
  const scopes = ['pages:read', 'pages:purge'];
  await owner.ask('POST', '/api/v1/account/api-keys', { name: 'Purge after a deployment', scopes });
  await owner.ask('POST', `/api/v1/websites/${website.id}/probes`);
  await owner.ask('POST', `/api/v1/websites/${website.id}/deploy-hooks`, { name: 'Production deploy' });
  const link = await invite(owner, website);
  const guest = { name: 'Grace', email: emailOf('Grace'), password, invitation: link.split('/').at(-1) };
  await new Client(test).ask('POST', '/api/v1/accounts', guest);
}

/** A warm-up that has ended, of pages of which some fail. */
export async function warmSome(
  test: TestService,
  website: Website,
  name: string,
  targets: readonly string[],
): Promise<void> {
  const owner = new Client(test);
  await owner.signIn(emailOf(name));
  const path = `/api/v1/websites/${website.id}/warmups`;
  const { json } = await owner.ask('POST', path, { targets, consumers: ['generic'] });
  const isDone = async () => (await owner.ask('GET', `${path}/${json['id']}`)).json['state'] === 'done';
  await until('the warm-up is done', isDone);
}

/** A link that nobody has opened yet, as an owner makes it. */
export async function invitationLink(test: TestService, website: Website, name: string): Promise<string> {
  const owner = new Client(test);
  await owner.signIn(emailOf(name));
  return invite(owner, website);
}

async function invite(owner: Client, website: Website): Promise<string> {
  const { json } = await owner.ask('POST', `/api/v1/websites/${website.id}/invitations`, { role: 'editor' });
  return new URL(json['link'] ?? '').pathname;
}

/** The link that the command line gives for who has lost the password. */
export async function resetLink(test: TestService, name: string): Promise<string> {
  const { stdout } = await ogplus(['account', 'reset', emailOf(name)], { OGPLUS_DATA_DIR: test.dataDir });
  return /\/reset\/\S+/.exec(stdout)?.[0] ?? '';
}
