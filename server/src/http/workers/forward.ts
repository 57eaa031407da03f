import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { bringsBody } from '../connection/request-line.ts';

/** The client's address, as the worker tells it to the service. */
export const clientField = 'ogplus-worker-client';

// RFC 9110 §7.6.1: they are about one connection.
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const notPassedOn = new Set([...hopByHop, 'expect', 'host', clientField]);

export interface ForwardOptions {
  /** The socket that the service listens on. */
  readonly service: string;
  /** Called when the service has answered with `200`, once its body was passed on. */
  readonly onSent: (req: IncomingMessage) => void;
  /** Called when it could not. */
  readonly onFailure: (req: IncomingMessage, res: ServerResponse, error: unknown) => void;
}

/** Passes requests on to the service, byte for byte, and its answers back. */
export function forwarder({ service, onSent, onFailure }: ForwardOptions) {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });

  const forward = (req: IncomingMessage, res: ServerResponse): void => {
    const { method, url: path, socket } = req;
    // The host may come from the request line (request-line.ts).
    const { host = '', 'content-length': length, 'transfer-encoding': coding } = req.headers;
    const headers = ['host', host, ...fieldsOf(req, notPassedOn), clientField, socket.remoteAddress ?? ''];
    if (coding !== undefined && length === undefined) headers.push('transfer-encoding', 'chunked');
    const passedOn = request({ socketPath: service, agent, method, path, headers });
    passedOn.on('response', (answer) => {
      if (answer.headers.connection === 'close') res.shouldKeepAlive = false;
      res.sendDate = false; // the service has set it
      res.writeHead(answer.statusCode ?? 502, fieldsOf(answer, hopByHop));
      answer.on('error', () => res.destroy());
      answer.pipe(res);
      if (answer.statusCode === 200) answer.once('end', () => onSent(req));
    });
    passedOn.on('error', (error) => {
      if (res.headersSent) res.destroy();
      else if (res.destroyed) return;
      else if (passedOn.reusedSocket && isRepeatable(req)) forward(req, res);
      else onFailure(req, res, error);
    });
    res.once('close', () => {
      if (!res.writableFinished) passedOn.destroy();
    });
    if (bringsBody(req)) req.pipe(passedOn);
    else passedOn.end();
  };
  return { forward, [Symbol.dispose]: () => agent.destroy() };
}

/**
 * RFC 9110 §9.2.2 and RFC 9112 §9.3.1: the service may close an idle connection at the moment in which it is used again.
 * Each try takes another connection, and a new one at last.
 */
function isRepeatable(req: IncomingMessage): boolean {
  return (req.method === 'GET' || req.method === 'HEAD') && !bringsBody(req);
}

function fieldsOf({ rawHeaders }: IncomingMessage, without: ReadonlySet<string>): string[] {
  const fields: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = [rawHeaders[at], rawHeaders[at + 1]];
    if (!without.has(name.toLowerCase())) fields.push(name, value);
  }
  return fields;
}
