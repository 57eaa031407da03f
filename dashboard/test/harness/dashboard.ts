import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { firstToken, password } from '../../../server/test/harness/people.ts';
import { startTestService, type TestService } from '../../../server/test/harness/service.ts';
import { openWindow, shareBrowser } from './browser.ts';

/** A whole service, and a browser that people look at its dashboard with. */
export interface Dashboard extends AsyncDisposable {
  readonly test: TestService;
  /** Another browser window with nothing in it: no cookie of anybody. */
  newWindow(options?: BrowserContextOptions): Promise<Window>;
  /** The address that `npm start` prints while there is no account. */
  firstAccountLink(): Promise<string>;
}

export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained of: errors that nobody caught, and what its policy refused. */
  readonly complaints: string[];
}

export async function openDashboard(
  env: Record<string, string> = {},
  log?: { write(line: string): void },
): Promise<Dashboard> {
  await using parts = new AsyncDisposableStack();
  const test = parts.use(await startTestService(env, log));
  const browser = parts.use(await shareBrowser());
  const { address } = test.service;
  const running = parts.move();
  return {
    test,
    firstAccountLink: async () => `${address}/first-account/${await firstToken(test)}`,
    async newWindow(options = {}) {
      const context = await openWindow(browser, { baseURL: address, reducedMotion: 'reduce', ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (/content security policy/i.test(message.text())) complaints.push(message.text());
      });
      return { context, page, complaints };
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Makes an account on the screen that its link leads to. */
export async function createAccount(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(emailOf(name));
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: 'Create the account' }).click();
}

export async function signIn(page: Page, name: string, secret = password): Promise<void> {
  await page.getByLabel('E-mail').fill(emailOf(name));
  await page.locator('input[type=password]').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export function emailOf(name: string): string {
  return `${name.toLowerCase()}@people.example`;
}
