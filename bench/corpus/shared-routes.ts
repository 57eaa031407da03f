import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import sharp from 'sharp';
import { pathOf } from '../processes.ts';
import type { Route } from './page.ts';

const types: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.css': 'text/css',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.mp4': 'video/mp4',
  '.pbf': 'application/x-protobuf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

export function typeOf(path: string): string {
  return types[extname(path).toLowerCase()] ?? 'application/octet-stream';
}

/** What every page of the corpus finds below its own address; undefined where there is nothing. */
export async function sharedRoute(path: string, query: URLSearchParams): Promise<Route | 'never' | undefined> {
  const n = Number(query.get('n') ?? 0);
  if (path === 'never') return 'never';
  if (path === 'photo.svg') return { body: photo(n), type: 'image/svg+xml' };
  if (path === 'tile.svg') return { body: tile(query.get('at') ?? ''), type: 'image/svg+xml' };
  if (path === 'tile.png')
    return {
      body: await sharp(Buffer.from(tile(query.get('at') ?? '')))
        .png()
        .toBuffer(),
      type: 'image/png',
    };
  if (path === 'photo.jpg')
    return {
      body: await sharp(Buffer.from(photo(n)))
        .jpeg()
        .toBuffer(),
      type: 'image/jpeg',
    };
  if (path === 'photo.png')
    return {
      body: await sharp(Buffer.from(photo(n)))
        .png()
        .toBuffer(),
      type: 'image/png',
    };
  if (path === 'words.json') return { body: JSON.stringify(words), type: 'application/json' };
  if (path === 'nothing.js') return { body: '', type: 'text/javascript' };
  if (path === 'nothing.css') return { body: '', type: 'text/css' };
  if (path === 'font.woff2') return file(serif);
  if (path.startsWith('npm/')) return file(packageFile(path.slice('npm/'.length)));
  return undefined;
}

const words = {
  title: 'Twelve words that came over the wire',
  items: ['anchor', 'beacon', 'current', 'drift', 'estuary', 'fathom', 'gale', 'harbour', 'island', 'jetty'],
};

const root = createRequire(pathOf('../package.json'));
const serif = root.resolve('@fontsource-variable/noto-serif/files/noto-serif-latin-wght-normal.woff2');

function packageFile(path: string): string {
  const folders = [pathOf('./corpus/node_modules'), pathOf('../node_modules')];
  return folders.map((folder) => join(folder, path)).find(existsSync) ?? '';
}

/** A file of a package; an address that leaves the packages is not looked for. */
function file(path: string): Route | undefined {
  if (!path.includes('/node_modules/') || path.includes('/../')) return undefined;
  return { body: readFileSync(path), type: typeOf(path) };
}

/** A landscape whose colours and hills follow from `n`. */
function photo(n: number): string {
  const hue = (n * 67 + 200) % 360;
  const hill = (k: number) =>
    `<path d="M0 ${300 + k * 60} Q ${200 + ((n * 97 + k * 150) % 500)} ${120 + k * 70} 800 ${330 + k * 50} V450 H0Z" fill="hsl(${hue + k * 35} 55% ${55 - k * 12}%)"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450" viewBox="0 0 800 450"><rect width="800" height="450" fill="hsl(${hue} 70% 82%)"/><circle cx="${120 + ((n * 211) % 560)}" cy="110" r="60" fill="#ffe08a"/>${[0, 1, 2].map(hill).join('')}</svg>`;
}

/** A tile of a map: what it shows says where it lies. */
function tile(at: string): string {
  const [z = 0, x = 0, y = 0] = at.split('-').map(Number);
  const shade = (x * 3 + y * 5) % 6;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="hsl(${90 + shade * 15} 40% ${78 - shade * 3}%)"/><path d="M0 ${60 + shade * 20} H256 M${40 + shade * 30} 0 V256" stroke="#fff" stroke-width="12"/><text x="16" y="240" font-family="sans-serif" font-size="28">${z}/${x}/${y}</text></svg>`;
}
