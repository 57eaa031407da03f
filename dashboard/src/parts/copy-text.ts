/**
 * Puts text on the clipboard. Browsers give it to pages of a safe origin alone: on plain http elsewhere, the old way is
 * tried, and where that fails too, what is shown is left selected.
 * @param shown where the text is on the screen.
 * @returns whether it is on the clipboard.
 */
export async function copyText(value: string, shown: HTMLElement | null): Promise<boolean> {
  if ('clipboard' in navigator) {
    try {
      await navigator.clipboard.writeText(value);
      return true;
    } catch {
      // refused by the browser or its owner: the old way, then
    }
  }
  if (shown === null) return false;
  select(shown);
  return document.execCommand('copy');
}

function select(shown: HTMLElement): void {
  if (shown instanceof HTMLInputElement || shown instanceof HTMLTextAreaElement) {
    shown.select();
    return;
  }
  getSelection()?.selectAllChildren(shown);
}
