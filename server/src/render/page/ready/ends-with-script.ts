/**
 * Whether a document shows nothing after the script that was requested from this address: what it shows is all there while
 * the script is on its way. Takes a time that grows with the document's length, and no more.
 */
export function endsWithScript(document: Buffer, url: string): boolean {
  const text = document.toString('latin1');
  const name = url.slice(url.lastIndexOf('/') + 1);
  const found = name === '' ? -1 : text.lastIndexOf(name);
  if (found < 0) return false;
  for (let at = after(text, '</script', found); ; ) {
    at = after(text, '>', at);
    while (/\s/.test(text.charAt(at))) at++;
    if (at >= text.length) return true;
    const part = text.slice(at, at + '<script'.length).toLowerCase();
    if (part === '<script') at = after(text, '</script', at);
    else if (part.startsWith('<!--')) at = after(text, '--', at + '<!--'.length);
    else if (!part.startsWith('</')) return false;
  }
}

function after(text: string, part: string, from: number): number {
  const found = text.indexOf(part, from);
  return found < 0 ? text.length : found + part.length;
}
