import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../../server/src/render/browser/find-browser.ts';

/** The Chromium that the service draws with, driven as a person would. */
export async function openBrowser(): Promise<Browser> {
  const found = await findBrowser(process.env['OGPLUS_BROWSER']);
  if (found.kind === 'remote') return chromium.connectOverCDP(found.url);
  return chromium.launch({
    executablePath: found.path,
    env: { ...process.env, ...found.environment },
    // The screens are our own: they need no sandbox, which root may not have.
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}
