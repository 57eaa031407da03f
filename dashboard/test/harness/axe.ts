import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

// Each element that it looks at would be kept as text, though none is shown.
const withoutText = ';axe.configure({ noHtml: true })';
const source = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8').then(
  (script) => script + withoutText,
);

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

type ColorScheme = 'light' | 'dark';

/**
 * What keeps people from using the screen that is shown, in each of these widths and in both schemes. Where a width shows the
 * same elements as one before it, which was looked at in both, it is looked at in one: a scheme changes no places, and a
 * place no colours.
 */
export async function faultsOf(page: Page, widths: readonly number[]): Promise<string[]> {
  const barriers = lookForBarriers(page);
  const found = new Set<string>();
  const seen = { light: new Set<string>(), dark: new Set<string>() };
  // A width begins in the scheme that the one before ended in: the styles of all elements change half as often.
  let [first, second]: [ColorScheme, ColorScheme] = ['light', 'dark'];
  for (const width of widths) {
    const at = `${width} px`;
    await page.setViewportSize({ width, height: 900 });
    await show(page, first);
    for (const barrier of await barriers('all')) found.add(`${at}, ${first}: ${barrier}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) found.add(`${at}: scrolls sideways by ${wide} px`);
    const elements = await page.evaluate(shownElements);
    seen[first].add(elements);
    if (!seen[second].has(elements)) {
      await show(page, second);
      for (const barrier of await barriers('of colours')) found.add(`${at}, ${second}: ${barrier}`);
      seen[second].add(elements);
    }
    [first, second] = [second, first];
  }
  return [...found];
}

async function show(page: Page, colorScheme: ColorScheme): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction((wanted) => {
    const { mantineColorScheme = wanted } = document.documentElement.dataset;
    return mantineColorScheme === wanted;
  }, colorScheme);
  await atRest(page);
}

/** The rules whose findings another scheme may change, where the same elements are shown in the same places. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** The rules whose findings other colours, places or sizes may change, where the same elements are shown. */
const ofLooks = [...ofColours, 'target-size', 'scrollable-region-focusable'];

/**
 * Finds what keeps people from using a screen as it is shown now, in one size and scheme after the other: a line for each,
 * with its rule and where. All rules look at the same elements once, afterwards those of looks alone, or of colours where
 * nothing but the scheme changed.
 */
export function lookForBarriers(page: Page): (which?: 'all' | 'of looks' | 'of colours') => Promise<string[]> {
  const seen = new Set<string>();
  return async (which = 'all') => {
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await source);
    const runOnly = await rulesFor(which);
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

  async function rulesFor(which: 'all' | 'of looks' | 'of colours') {
    if (which === 'of colours') return { type: 'rule', values: ofColours };
    const elements = await page.evaluate(shownElements);
    const isSeen = seen.has(elements);
    seen.add(elements);
    return isSeen || which === 'of looks' ? { type: 'rule', values: ofLooks } : { type: 'tag', values: tags };
  }
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
