import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuOfTree } from '../cpu-of-tree.ts';
import { serve } from '../serve.ts';
import { addWebsites } from '../websites.ts';

/** A card as a crawler gets it. */
export interface Card {
  readonly status: number;
  /** Undefined where the answer is an error. */
  readonly picture: Buffer | undefined;
  readonly kept: boolean;
  /** `Cache-Status`, or the title of the error. */
  readonly said: string;
  readonly ms: number;
}

export interface Cards extends AsyncDisposable {
  /** Asks for the card of a page. */
  ask(pageUrl: string): Promise<Card>;
  /** CPU time of the service and its browsers so far, in milliseconds. */
  cpu(): number;
}

// Far longer than the service takes for any page.
const patienceMs = 60_000;

/** A whole service that knows these origins, with a store of its own. */
export async function startCards(origins: readonly string[]): Promise<Cards> {
  const data = mkdtempSync(join(tmpdir(), 'ogplus-corpus-'));
  const keys = await addWebsites(data, origins);
  const service = await serve(data);
  return {
    async ask(pageUrl) {
      const { origin, pathname, search } = new URL(pageUrl);
      const { publicKey } = keys[origins.indexOf(origin)] ?? {};
      const started = performance.now();
      const address = `${service.match[1]}/api/websites/v1/domain/${publicKey}/image${pathname}${search}`;
      const response = await fetch(address, { signal: AbortSignal.timeout(patienceMs) });
      const body = Buffer.from(await response.arrayBuffer());
      const ms = performance.now() - started;
      const said = response.headers.get('cache-status') ?? '';
      const { status } = response;
      if (response.ok) return { status, picture: body, kept: /;\s*stored\b/.test(said), said, ms };
      const { title, detail = '' } = JSON.parse(body.toString());
      return { status, picture: undefined, kept: false, said: `${title} ${detail}`, ms };
    },
    cpu: () => cpuOfTree(service.child.pid ?? 0),
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
