import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { readConfig } from '../../src/config.ts';
import type { PictureSpec } from '../../src/model/picture-spec.ts';
import { milliseconds } from '../../src/model/units.ts';
import { openGate } from '../../src/origin/gate.ts';
import { createGuard } from '../../src/origin/guard.ts';
import { prepareDocument } from '../../src/render/document/prepare-document.ts';
import type { RenderOptions } from '../../src/render/render-options.ts';
import type { Renderer, Rendering, RenderRequest } from '../../src/render/renderer.ts';
import { type RendererOptions, startRenderer } from '../../src/render/start-renderer.ts';
import { fetchedDocument, readAtOnce } from '../harness/documents.ts';
import { type Colour, isClose, pixel } from '../harness/pixels.ts';
import { commandOf, processTree } from '../harness/process-tree.ts';

export const generic: PictureSpec = {
  consumer: null,
  width: 1200,
  height: 630,
  scale: 2,
  formats: ['image/jpeg', 'image/png'],
  soft: 300_000,
  max: 5_000_000,
};

/** A sixteenth of the pixels: what a test looks at that does not ask for sizes. */
export const small: PictureSpec = { ...generic, width: 600, height: 315, scale: 1 };

export const red: Colour = [255, 0, 0];
export const green: Colour = [0, 170, 0];
export const blue: Colour = [0, 0, 255];
export const white: Colour = [255, 255, 255];

/** Lets pages through to all of loopback. Without a proxy Chromium keeps documents from other addresses there. */
export function openLoopback(): ReturnType<typeof openGate> {
  return openGate(createGuard(readConfig({ OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8,::1/128' }).allowNetworks));
}

export interface TestRenderer extends Renderer {
  /** Process ids of the browsers it has started, the last one last. */
  readonly browsers: number[];
  /** Draws HTML that came from `url`. */
  draw(url: string, html: string | Uint8Array, more?: Draw): Promise<Rendering>;
}

export interface Draw extends Partial<Omit<RenderRequest, 'document'>>, RenderOptions {
  readonly frame?: PictureSpec;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
}

export async function startTestRenderer(options: Partial<RendererOptions> = {}): Promise<TestRenderer> {
  const browsers: number[] = [];
  const renderer = await startRenderer({
    browser: process.env['OGPLUS_BROWSER'],
    renderers: 2,
    queueLimit: 64,
    budget: milliseconds(8000),
    proxyServer: undefined,
    read: readAtOnce,
    log: {
      info: (facts) => 'browserPid' in facts && typeof facts.browserPid === 'number' && browsers.push(facts.browserPid),
      warn: () => {},
    },
    ...options,
  });
  return {
    browsers,
    render: (request) => renderer.render(request),
    check: () => renderer.check(),
    get started() {
      return renderer.started;
    },
    get status() {
      return renderer.status;
    },
    get waiting() {
      return renderer.waiting;
    },
    draw(url, html, { headers = {}, status = 200, frame = small, partition = 'a-website', signal, ...options } = {}) {
      const fields = { 'content-type': 'text/html; charset=utf-8', ...headers };
      const page = fetchedDocument({ url, status, headers: Object.entries(fields), body: html });
      const document = prepareDocument(page, frame, options);
      return renderer.render({ document, partition, ...(signal && { signal }) });
    },
    [Symbol.asyncDispose]: () => renderer[Symbol.asyncDispose](),
  };
}

/** A document whose body has no margin. */
export function html(body: string, head = '', attributes = ''): string {
  return `<!doctype html><html${attributes}><head><meta charset="utf-8"><style>body{margin:0}</style>${head}</head><body>${body}</body></html>`;
}

/** A box of one colour that fills the frame; `attributes` may hold what comes after its style. */
export const filled = 'display:block;border:0;width:100vw;height:100vh';

/** Throws where the picture's middle is not of this colour. */
export async function assertMiddle(picture: Rendering, expected: Colour, what = ''): Promise<void> {
  const found = await pixel(picture.bytes, picture.width >> 1, picture.height >> 1);
  if (!isClose(found, expected)) throw new Error(`The middle is ${found}, not ${expected}. ${what}`);
}

/** The processes of this browser that draw pages. */
export function pageProcesses(pid: number): number[] {
  return processTree(pid).filter((id) => commandOf(id).includes('--type=renderer'));
}

/** Ends processes that a test's own browser started. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // its parent took it along
    }
  }
}

/** Profile folders of the browsers that this process started. */
export function profilesOf(pid: number): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`ogplus-browser-${pid}-`));
}
