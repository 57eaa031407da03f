import { stopping } from '../../../src/model/problem.ts';
import { milliseconds } from '../../../src/model/units.ts';
import type { Renderer, Rendering, RenderRequest } from '../../../src/render/renderer.ts';

/**
 * Draws a document by copying what it says, when it is told to. In place of the browser, which takes a tenth of a second
 * for a picture: thousands of orders of events are tried here, and none of them depends on what a picture looks like.
 */
export class Artist implements Pick<Renderer, 'render'> {
  readonly jobs: Array<{ readonly request: RenderRequest; readonly finish: (complete: boolean) => void }> = [];
  started = 0;

  render(request: RenderRequest): Promise<Rendering> {
    this.started++;
    const { promise, resolve, reject } = Promise.withResolvers<Rendering>();
    const stop = () => reject(stopping());
    if (request.signal?.aborted === true) stop();
    request.signal?.addEventListener('abort', stop, { once: true });
    const finish = (complete: boolean) => {
      this.jobs.splice(this.jobs.indexOf(job), 1);
      const [text = ''] = /fetch \d+ version \d+/.exec(request.document.body.toString()) ?? [];
      const bytes = Buffer.from(complete ? text : `${text} unfinished`);
      const size = { width: 1, height: 1, type: 'image/png' } as const;
      const times = { renderTime: milliseconds(1), encodeTime: milliseconds(1) };
      resolve({
        bytes,
        ...size,
        ...times,
        complete,
        remarks: complete ? [] : ['unfinished'],
        common: complete ? { least: 0, below: null } : null,
      });
    };
    const job = { request, finish };
    this.jobs.push(job);
    return promise;
  }
}
