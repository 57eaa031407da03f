import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SharedPage } from '../../cards/shared-preview/shown.ts';

/** What the dashboard's build gives: the frames of networks, as text. */
interface Built {
  readonly sharedPreview: (page: SharedPage, style: string) => string;
  readonly endedPreview: (style: string) => string;
}

/** Makes the documents of shared previews. */
export interface SharedPreviewDocument {
  /** No script; its one style sheet is in it; everything else comes from this service. */
  readonly policy: string;
  shown(page: SharedPage): string;
  ended(): string;
}

const notBuilt = 'The page of shared previews is not built. Run "node scripts/setup.mjs", then restart.';

/**
 * Loads what was built, when the first one is opened.
 * @param folder the build's output: `page.js` and `style.css`.
 */
export function sharedPreviewDocument(folder: string): () => Promise<SharedPreviewDocument> {
  let loading: Promise<SharedPreviewDocument> | undefined;
  return () => {
    loading ??= load(folder);
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };
}

async function load(folder: string): Promise<SharedPreviewDocument> {
  const file = join(folder, 'page.js');
  if (!existsSync(file)) throw new Error(notBuilt);
  const built: Built = await import(pathToFileURL(file).href);
  const style = await readFile(join(folder, 'style.css'), 'utf8');
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "img-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return {
    policy,
    shown: (page) => built.sharedPreview(page, style),
    ended: () => built.endedPreview(style),
  };
}
