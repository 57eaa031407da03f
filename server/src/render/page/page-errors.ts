import type { Protocol } from 'devtools-protocol';
import { milliseconds } from '../../model/units.ts';
import type { CdpSession } from '../browser/cdp/cdp.ts';

// The page is of no further use when this is asked.
const deadline = milliseconds(1000);
const most = 3;
const longest = 300;

/**
 * Exceptions and console errors of the page's scripts, oldest first. Read only when something is wrong: the browser keeps the
 * last thousand of a document, and events would send them all for every page.
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
    // The past ones are sent when the domain is enabled, and only then: it may be already.
    page.send('Runtime.disable', undefined, deadline).catch(() => {});
    await page.send('Runtime.enable', undefined, deadline);
    page.send('Runtime.disable', undefined, deadline).catch(() => {});
  } catch {
    // It no longer responds: what was read so far has to do.
  }
  for (const end of stop) end();
  return found;
}

function textOf({ value, description }: Partial<Protocol.Runtime.RemoteObject> = {}): string | undefined {
  return typeof value === 'string' ? value : description;
}
