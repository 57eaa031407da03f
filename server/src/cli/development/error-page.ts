import { Parser } from 'htmlparser2';

const longest = 1500;
// The elements with the message in the error pages of Django, Rails, Laravel, Symfony, Nuxt and Flask.
const telling = new Set(['title', 'h1', 'h2', 'pre']);
const mostLines = 12;

/** The message in a development server's error page, in a few lines; empty if none is found. */
export function errorPageMessage(html: string): string {
  return (messageIn(html) ?? headingsIn(html)).slice(0, longest);
}

/** The error as data, which Next.js and Vite pass to the script that shows it. */
function messageIn(html: string): string | undefined {
  const [, text] = /"message":\s*("(?:[^"\\]|\\.){1,20000}")/.exec(html) ?? [];
  if (text === undefined) return undefined;
  try {
    return String(JSON.parse(text)).trim();
  } catch {
    return undefined; // not JSON
  }
}

function headingsIn(html: string): string {
  const lines: string[] = [];
  let inside = 0;
  const parser = new Parser({
    onopentag: (name) => {
      if (!telling.has(name)) return;
      inside++;
      lines.push('');
    },
    onclosetag: (name) => {
      if (telling.has(name)) inside--;
    },
    ontext: (text) => {
      if (inside > 0) lines.push(`${lines.pop() ?? ''}${text}`);
    },
  });
  parser.end(html);
  const found = lines.map((line) => line.replace(/[ \t]+/g, ' ').trim()).filter((line) => line !== '');
  return [...new Set(found)].join('\n').split('\n').slice(0, mostLines).join('\n');
}
