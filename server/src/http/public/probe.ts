import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { takeOne } from '../../cards/limits/quota-used-up.ts';
import { Rate } from '../../cards/limits/rate.ts';
import { probePage } from '../../cards/probe/probe-page.ts';
import type { ProbePictures } from '../../cards/probe/probe-pictures.ts';
import { consumerOf } from '../../model/consumers.ts';
import { Problem } from '../../model/problem.ts';
import { shortened } from '../../model/shortened.ts';
import type { Clock } from '../../model/units.ts';
import type { NewProbeRequest } from '../../store/ports/probe-requests.ts';
import type { Store } from '../../store/ports/store.ts';
import { websiteOfLink } from './website-of-link.ts';

export interface ProbeOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly probePictures: ProbePictures;
  /** The public base address. */
  readonly url: string;
}

// Crawlers come a few times for each post; more is a flood.
const requestsPerMinute = 120;
const mostKept = 200;
const mostHeaders = 60;
const longestValue = 1000;
// Networks ask again for each post, and each of their requests is to be seen.
const notKept = 'no-store';

/** The page of a probe and its picture: whoever asks is written down, for whoever made the probe. */
export function addProbe(app: FastifyInstance, options: ProbeOptions): void {
  const { store, clock, probePictures, url } = options;
  const rate = new Rate(requestsPerMinute);

  const handle = (what: NewProbeRequest['what']) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { token } = request.params as { token: string };
    const found = await websiteOfLink(store, 'probe', token, clock.now());
    if (found === undefined) throw new Problem('not-found', 'There is no such probe, or it has ended.');
    const { link, website } = found;
    const refusal = { policy: 'probe', message: 'Too many requests for this probe.' };
    takeOne(rate, String(link.id), clock.now(), refusal);
    const consumer = consumerOf(request.headers['user-agent']);
    const { bytes, type } =
      what === 'page'
        ? { bytes: Buffer.from(probePage(website, `${url}/probe/${token}`)), type: 'text/html; charset=utf-8' }
        : await probePictures.of(website, consumer);
    const heard = {
      at: clock.now(),
      consumer: consumer.name,
      method: request.method,
      what,
      headers: headersOf(request.raw.rawHeaders),
      status: 200,
      type,
      size: bytes.length,
    };
    await store.probeRequests.note(link.id, heard, mostKept);
    reply.header('cache-control', notKept).header('cross-origin-resource-policy', 'cross-origin').type(type);
    if (what === 'page') reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    return reply.send(bytes);
  };

  app.get('/probe/:token', handle('page'));
  app.get('/probe/:token/picture', handle('picture'));
}

/** As they were sent, without what would let others in as the person who asked. */
function headersOf(raw: readonly string[]): Array<readonly [string, string]> {
  const pairs: Array<readonly [string, string]> = [];
  for (let at = 0; at + 1 < raw.length && pairs.length < mostHeaders; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]];
    if (!/^(cookie|authorization)$/i.test(name)) pairs.push([shortened(name), shortened(value, longestValue)]);
  }
  return pairs;
}
