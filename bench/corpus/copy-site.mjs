import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

const isText = (type) => /^text\/|javascript|json|svg/.test(type);
const assets = /\.(avif|css|gif|ico|jpe?g|js|mjs|png|svg|webp|woff2?)$/;
const named = /(?:src|href|srcset)=["']([^"']+)["']|url\(["']?([^"')]+)["']?\)/g;

/**
 * Copies pages of a running website into a folder of files: what it serves at these paths, and the files of its own that they
 * name. Addresses of the website become paths, so that the copy works at any origin.
 */
export async function copySite(origin, paths, folder) {
  const seen = new Set(paths);
  for (const path of seen) {
    const response = await fetch(origin + path);
    const isPage = paths.includes(path);
    if (!response.ok) {
      if (isPage) throw new Error(`${path} answers ${response.status}`);
      continue; // a file that is named and not there is missing for a visitor, too
    }
    const file = join(folder, fileOf(path));
    mkdirSync(dirname(file), { recursive: true });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (!isText(response.headers.get('content-type') ?? '')) {
      writeFileSync(file, bytes);
      continue;
    }
    const text = bytes
      .toString()
      .replaceAll(origin, '')
      .replaceAll(JSON.stringify(origin).slice(1, -1).replaceAll('/', '\\/'), '');
    writeFileSync(file, text);
    for (const [, attribute, url] of text.matchAll(named)) {
      for (const name of (attribute ?? url).replaceAll('&amp;', '&').split(/,\s+/)) {
        const target = new URL(name.trim().split(/\s/)[0], origin + path);
        if (target.origin === origin && assets.test(target.pathname)) seen.add(target.pathname);
      }
    }
  }
}

function fileOf(path) {
  if (path.endsWith('/')) return `${path}index.html`;
  return extname(path) === '' ? `${path}.html` : path;
}
