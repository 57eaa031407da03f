import { openBrowser } from '../../dashboard/test/harness/browser.ts';

/** What a browser complains of on a page, and after it followed a link of it to a page with this text. */
export async function complaintsOf(url: string, link: string, text: string): Promise<string[]> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.getByRole('link', { name: link }).click();
    await page.getByText(text).waitFor();
    // The icon that every browser asks for, and that no example has.
    return said.filter((line) => !/404/.test(line));
  } finally {
    await browser.close();
  }
}
