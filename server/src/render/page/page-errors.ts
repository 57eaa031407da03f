import type { Protocol } from 'devtools-protocol';
import { milliseconds } from '../../model/units.ts';
import type { CdpSession } from '../browser/cdp.ts';

// Asked of a page of which nothing else is wanted any more.
const deadline = milliseconds(1000);
const most = 3;
const longest = 300;

/**
 * What the page's scripts threw, or said was wrong, the first of it first. Asked once something is amiss: the browser remembers
 * the last thousand of a document, and is not asked to tell them all of each.
 */
export async function errorsOf(page: CdpSession): Promise<readonly string[]> {
  const found: string[] = [];
  const add = (text: string | undefined) => {
    const [line = ''] = (text ?? '').split('\n', 1);
    if (line.trim() !== '' && found.length < most) found.push(line.trim().slice(0, longest));
  };
  const stop = [
    page.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text } }) =>
      add(exception?.description ?? textOf(exception) ?? text),
    ),
    page.on('Runtime.consoleAPICalled', ({ type, args }) => {
      if (type === 'error') add(args.map((arg) => textOf(arg) ?? '').join(' '));
    }),
  ];
  try {
    await page.send('Runtime.enable', undefined, deadline);
  } catch {
    // It does not answer any more: what it has said so far is all there is.
  }
  for (const end of stop) end();
  return found;
}

function textOf({ value, description }: Partial<Protocol.Runtime.RemoteObject> = {}): string | undefined {
  return typeof value === 'string' ? value : description;
}
