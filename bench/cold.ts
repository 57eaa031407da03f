import { startBrowser } from '../server/src/render/browser.ts';
import { type Browser, findBrowser } from '../server/src/render/find-browser.ts';
import { milliseconds } from '../server/src/units.ts';
import { type Row, show, summarise } from './statistics.ts';

const rounds = 40;
const warmUp = 5;
const deadline = milliseconds(10_000);

/** A cold card, fetched, drawn, kept and sent, against the bare browser: navigate and capture on one warm page. */
export async function benchCold(service: string, host: string, origin: string): Promise<Row> {
  const found: Browser = await findBrowser(process.env['OGPLUS_BROWSER']);
  const floor = await startBrowser(found, undefined);
  const { cdp } = floor;
  const { targetId } = await cdp.send('Target.createTarget', { url: 'about:blank' }, { deadline });
  const { sessionId: session } = await cdp.send('Target.attachToTarget', { targetId, flatten: true }, { deadline });
  await cdp.send('Page.enable', undefined, { session, deadline });
  const metrics = { width: 1200, height: 630, deviceScaleFactor: 2, mobile: false };
  await cdp.send('Emulation.setDeviceMetricsOverride', metrics, { session, deadline });

  const bare = async (n: number): Promise<void> => {
    const loaded = new Promise<void>((resolve) => {
      const stop = cdp.on('Page.loadEventFired', session, () => {
        stop();
        resolve();
      });
    });
    await cdp.send('Page.navigate', { url: `${origin}/cold/floor-${n}` }, { session, deadline });
    await loaded;
    const jpeg = { format: 'jpeg', quality: 90, optimizeForSpeed: true } as const;
    await cdp.send('Page.captureScreenshot', jpeg, { session, deadline });
  };
  const card = async (n: number): Promise<void> => {
    const response = await fetch(`${service}/kept/cold-${n}`, { headers: { host } });
    if (!response.ok) throw new Error(`The card answers ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
  };

  const ours: number[] = [];
  const theirs: number[] = [];
  for (let n = 0; n < rounds + warmUp; n++) {
    const a = await timed(() => card(n));
    const b = await timed(() => bare(n));
    if (n >= warmUp) {
      ours.push(a);
      theirs.push(b);
    }
  }
  await floor.stop();
  const [a, b] = [summarise(ours), summarise(theirs)];
  return {
    what: 'cold card (ms)',
    ours: show(a),
    theirs: `browser floor ${show(b)}`,
    ratio: (a.median / b.median).toFixed(2),
    aim: '≤ 1.3',
  };
}

export async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
