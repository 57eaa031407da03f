import { request as httpRequest, type RequestListener, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { Problem } from '../model/problem.ts';
import { type Guard, portOf } from './guard.ts';
import { guardedLookup } from './guarded-lookup.ts';
import type { Meter } from './meter.ts';
import { strictUrl } from './strict-url.ts';

// No card waits longer for a server that sends nothing.
const silenceMs = 10_000;

// RFC 9110 §7.6.1: connection-specific fields are not forwarded.
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'te', 'trailer', 'upgrade'];

/** Forwards plain requests, which a browser sends to a proxy with the absolute address. */
export function forwarding(guard: Guard, meter: Meter): RequestListener {
  return (req, res) => {
    const url = readTarget(req.url ?? '');
    if (url === undefined || !meter.admits()) {
      res.writeHead(url === undefined ? 400 : 403).end();
      return;
    }
    try {
      guard.checkUrl(url);
    } catch (error) {
      refuse(res, error);
      return;
    }
    const headers = { ...withoutHopByHop(req.headers), host: url.host };
    const onward = httpRequest(url, {
      method: req.method ?? 'GET',
      headers,
      lookup: guardedLookup(guard, portOf(url)),
      agent: false,
      maxHeaderSize: 65_536,
    });
    onward.setTimeout(silenceMs, () => onward.destroy());
    onward.on('response', (response) => {
      res.writeHead(response.statusCode ?? 502, withoutHopByHop(response.headers));
      response.on('data', (chunk: Buffer) => meter.count(chunk.length));
      pipeline(response, res, () => {});
    });
    onward.on('error', (error) => refuse(res, error));
    req.on('data', (chunk: Buffer) => meter.count(chunk.length));
    pipeline(req, onward, () => {});
    res.on('close', () => onward.destroy());
  };
}

/** The requested address; undefined for what no browser sends to a proxy. */
function readTarget(target: string): URL | undefined {
  try {
    const url = strictUrl(target);
    return url.protocol === 'http:' ? url : undefined;
  } catch {
    return undefined;
  }
}

function withoutHopByHop<T>(headers: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)));
}

function refuse(res: ServerResponse, error: unknown): void {
  if (res.headersSent) res.destroy();
  else res.writeHead(error instanceof Problem && error.type === 'address-refused' ? 403 : 502).end();
}
