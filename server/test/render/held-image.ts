import { type Origin, startOrigin } from '../harness/origin.ts';
import { filled, html } from './harness.ts';

const picture = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/** A green page with an image that its origin may hold back. */
export const withHeldImage = html(
  `<img src="/held" style="display:none"><div style="${filled};background:#0a0"></div>`,
);

export interface HoldingOrigin extends Origin {
  /** Forgets what was heard, and answers none of the next `count` requests: in each there is a moment to strike in. */
  hold(count: number): void;
}

/** Holds the image back for the first request, until it is told otherwise. */
export async function startHoldingOrigin(): Promise<HoldingOrigin> {
  let held = 1;
  const origin = await startOrigin((_, res) => {
    if (origin.heard.length > held) res.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(picture);
  });
  return Object.assign(origin, {
    hold(count: number) {
      origin.heard.length = 0;
      held = count;
    },
  });
}
