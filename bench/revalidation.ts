import { Agent, request } from 'undici';
import { type Row, show, summarise, timed } from './statistics.ts';

const rounds = 1500;
const warmUp = 300;

/** A revalidation that ends in 304, asked for over HTTP, against the bare conditional request that it causes. */
export async function benchRevalidation(service: string, target: string, origin: string): Promise<Row> {
  const agent = new Agent({ pipelining: 1 });
  const ask = async (url: string, status: number, headers: Record<string, string>): Promise<void> => {
    const response = await request(url, { dispatcher: agent, headers });
    await response.body.dump();
    if (response.statusCode !== status) throw new Error(`${url} answers ${response.statusCode}.`);
  };
  const card = await fetch(service + target);
  const etag = card.headers.get('etag') ?? '';
  await card.arrayBuffer();
  // The requester has the picture already, so both sides move heads only.
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let n = 0; n < rounds + warmUp; n++) {
    const a = await timed(() => ask(service + target, 304, { 'if-none-match': etag }));
    const b = await timed(() => ask(`${origin}/asked/page`, 304, { 'if-none-match': '"v1"' }));
    if (n >= warmUp) {
      ours.push(a);
      theirs.push(b);
    }
  }
  await agent.destroy();
  const [a, b] = [summarise(ours), summarise(theirs)];
  return {
    what: 'revalidation by 304 (ms)',
    ours: show(a, 2),
    theirs: `bare GET ${show(b, 2)}`,
    ratio: (a.median / b.median).toFixed(2),
    aim: '≤ 2',
  };
}
