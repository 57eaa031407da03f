import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

// WCAG 2.2, levels A and AA.
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Waits until what moves has come to rest, as after another size or scheme; what turns for ever does not count. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // One for who hears of the size, one for what they change.
    await frame();
    await frame();
    const ending = document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map((one) => one.finished));
  });
}

/** What keeps people from using the screen that is shown, in both schemes and in each of these widths. */
export async function faultsOf(page: Page, widths: readonly number[]): Promise<string[]> {
  const barriers = lookForBarriers(page);
  const found = new Set<string>();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction((wanted) => {
      const { mantineColorScheme = wanted } = document.documentElement.dataset;
      return mantineColorScheme === wanted;
    }, colorScheme);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await atRest(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) found.add(`${width} px: scrolls sideways by ${wide} px`);
      for (const barrier of await barriers(colorScheme === 'light' ? 'all' : 'of looks'))
        found.add(`${width} px, ${colorScheme}: ${barrier}`);
    }
  }
  return [...found];
}

/** The rules that look at colours, places and sizes: what they find may differ where the same elements are shown. */
const ofLooks = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];

/**
 * Finds what keeps people from using a screen as it is shown now, in one size and scheme after the other: a line for each,
 * with its rule and where. All rules look at the same elements once, afterwards those of looks alone.
 */
export function lookForBarriers(page: Page): (which?: 'all' | 'of looks') => Promise<string[]> {
  const seen = new Set<string>();
  return async (which = 'all') => {
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await source);
    const elements = await page.evaluate(shownElements);
    const isLooks = which === 'of looks' || seen.has(elements);
    const runOnly = isLooks ? { type: 'rule', values: ofLooks } : { type: 'tag', values: tags };
    seen.add(elements);
    const { violations } = await page.evaluate<AxeResults, typeof runOnly>((only) => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      return axe.run({ runOnly: only as never, resultTypes: ['violations'], preload: false });
    }, runOnly);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`),
      );
  };
}

/** Runs in the page: the elements that are shown, with their attributes and texts; where they are is in their styles. */
function shownElements(): string {
  // The document's own attributes name the scheme.
  return [...document.body.querySelectorAll('*')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .map((element) => {
      const attributes = [...element.attributes].filter(({ name }) => !/^(style$|data-)/.test(name));
      const texts = [...element.childNodes].map((node) => (node.nodeType === node.TEXT_NODE ? node.nodeValue : ''));
      return [element.localName, ...attributes.map(({ name, value }) => `${name}=${value}`), ...texts].join(' ');
    })
    .join('\n');
}
