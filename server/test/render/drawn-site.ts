import { after, before } from 'node:test';
import type { Rendering } from '../../src/render/renderer.ts';
import type { RendererOptions } from '../../src/render/start-renderer.ts';
import { type Origin, startOrigin } from '../harness/origin.ts';
import { type Draw, startTestRenderer, type TestRenderer } from './harness.ts';

/** What the tests of a file share: a renderer, and the server of the site that it draws. */
export interface DrawnSite {
  readonly renderer: TestRenderer;
  readonly origin: Origin;
  /** Draws HTML as a page of the site. */
  draw(html: string, more?: Draw): Promise<Rendering>;
}

/**
 * Starts both before the tests, and stops them afterwards; call it once, outside of tests.
 * @param path where the drawn page is.
 */
export function drawnSite(
  answer: Origin['answer'],
  { path = '/page', ...options }: Partial<RendererOptions> & { readonly path?: string } = {},
): DrawnSite {
  let parts: { readonly renderer: TestRenderer; readonly origin: Origin } | undefined;
  const started = () => {
    if (parts === undefined) throw new Error('The tests have not started.');
    return parts;
  };
  before(async () => {
    parts = { renderer: await startTestRenderer(options), origin: await startOrigin(answer) };
  });
  after(async () => {
    await parts?.renderer[Symbol.asyncDispose]();
    await parts?.origin[Symbol.asyncDispose]();
  });
  return {
    get renderer() {
      return started().renderer;
    },
    get origin() {
      return started().origin;
    },
    draw: (html, more) => started().renderer.draw(started().origin.url + path, html, more),
  };
}
