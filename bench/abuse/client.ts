import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Asked {
  /** 0 where the connection was cut or refused. */
  readonly status: number;
  readonly milliseconds: number;
  readonly cacheStatus: string;
  readonly etag: string;
  /** `Server-Timing`. */
  readonly timing: string;
}

// Longer than any answer of the service takes.
const giveUpMs = 60_000;

/** Somebody with an address of loopback of their own, who asks for cards at one connection address. */
export class Client {
  readonly #service: URL;
  readonly #host: string;
  readonly #agent: Agent;
  readonly #address: string;

  constructor(service: string, host: string, address: string) {
    this.#service = new URL(service);
    this.#host = host;
    this.#address = address;
    this.#agent = new Agent({ keepAlive: true });
  }

  ask(path: string): Promise<Asked> {
    const started = performance.now();
    const { hostname, port } = this.#service;
    return new Promise((resolve) => {
      const end = (
        status: number,
        { 'cache-status': cacheStatus = '', etag = '', 'server-timing': timing = '' }: IncomingHttpHeaders = {},
      ) =>
        resolve({
          status,
          cacheStatus: `${cacheStatus}`,
          etag,
          timing: `${timing}`,
          milliseconds: performance.now() - started,
        });
      const options = { hostname, port, path, agent: this.#agent, localAddress: this.#address, timeout: giveUpMs };
      const req = request({ ...options, headers: { host: this.#host } });
      req.on('error', () => end(0));
      req.on('timeout', () => req.destroy(new Error('It was given up.')));
      req.on('response', (res) => {
        res.resume();
        res.on('error', () => end(0));
        res.on('end', () => end(res.statusCode ?? 0, res.headers));
      });
      req.end();
    });
  }

  end(): void {
    this.#agent.destroy();
  }
}
