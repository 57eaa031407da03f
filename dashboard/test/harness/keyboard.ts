import type { Page } from 'playwright-core';

// More than any screen has controls.
const most = 120;

/** Presses Tab until the control with this text has the focus. */
export async function tabTo(page: Page, text: RegExp): Promise<void> {
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const { activeElement: it } = document;
      return it?.getAttribute('aria-label') ?? it?.textContent ?? '';
    });
    if (text.test(found)) return;
  }
  throw new Error(`Tab does not lead to ${text}.`);
}

export interface Walk {
  /** Controls that Tab does not lead to. */
  readonly missed: string[];
  /** Those that look the same with the focus as without it. */
  readonly unseen: string[];
  readonly count: number;
}

/** Presses Tab from the top of the screen to its end. */
export async function tabThrough(page: Page): Promise<Walk> {
  await page.evaluate(startWalk);
  let isOver = false;
  for (let pressed = 0; pressed < most && !isOver; pressed++) {
    await page.keyboard.press('Tab');
    isOver = await page.evaluate(() => (globalThis as unknown as Walking).step());
  }
  if (!isOver) throw new Error('Tab does not come to an end of this screen.');
  return page.evaluate(() => (globalThis as unknown as Walking).end());
}

interface Walking {
  /** After each Tab: true where it has led out of the document, or round to its beginning. */
  step(): boolean;
  end(): Walk;
}

/** Runs in the page: must hold all that it needs. */
function startWalk(): void {
  // Where the focus shows itself: on the control, on what it is drawn by beside it, or on what is around both.
  const around = (element: Element | null, levels: number): Array<Element | null> =>
    levels === 0 ? [] : [element, ...around(element?.parentElement ?? null, levels - 1)];
  const looks = (element: Element) =>
    [element.nextElementSibling, element.previousElementSibling, ...around(element, 5)]
      .map((one) => {
        if (one === null) return '';
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor, top } =
          getComputedStyle(one);
        const outline = outlineStyle === 'none' ? '' : outlineWidth + outlineColor;
        return [outline, boxShadow, borderColor, backgroundColor, top].join();
      })
      .join('|');
  const named = (element: Element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 160);
  const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  const selector = 'a[href], button, input, select, textarea, [tabindex]';
  // Of radio buttons the chosen one is tabbed to, arrows lead to the others; rows of a grid are left the same way.
  const isTabbed = (element: Element) =>
    element instanceof HTMLElement &&
    element.tabIndex >= 0 &&
    !element.matches(':disabled, [type=hidden], [type=radio]:not(:checked)') &&
    isShown(element);
  const all = [...document.querySelectorAll(selector)].filter(isTabbed);
  // Looked at as it is in the end.
  document.head.append(
    Object.assign(document.createElement('style'), { textContent: '* { transition: none !important }' }),
  );
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  getSelection()?.removeAllRanges();

  const seen = new Map<Element, string>();
  const unseen: string[] = [];
  let last: Element | undefined;
  const judge = () => {
    if (last !== undefined && looks(last) === seen.get(last)) unseen.push(named(last));
  };
  const walking: Walking = {
    step() {
      judge();
      const { activeElement } = document;
      last = undefined;
      if (activeElement === null || activeElement === document.body || seen.has(activeElement)) return true;
      seen.set(activeElement, looks(activeElement));
      last = activeElement;
      return false;
    },
    end: () => ({ missed: all.filter((one) => !seen.has(one)).map(named), unseen, count: seen.size }),
  };
  Object.assign(globalThis, walking);
}
