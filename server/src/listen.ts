import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { WorkerPool, type WorkerPoolOptions } from './http/workers/worker-pool.ts';
import { milliseconds } from './model/units.ts';

/** The service listens for clients. @throws {Error} with a readable message. */
export async function listen(app: FastifyInstance, { host, port }: Config): Promise<{ readonly port: number }> {
  try {
    await app.listen({ host, port });
    return app.server.address() as AddressInfo;
  } catch (error) {
    throw cannotListen(error, host, port);
  }
}

/** The service listens for its workers alone, and they for clients. */
export async function listenByWorkers(
  app: FastifyInstance,
  { pool, service }: HttpWorkers,
  { host, port }: Config,
): Promise<{ readonly port: number }> {
  await app.listen({ path: service });
  try {
    await pool.start();
    return pool;
  } catch (error) {
    await pool.stop(milliseconds(0));
    await app.close();
    throw cannotListen(error, host, port);
  }
}

function cannotListen(error: unknown, host: string, port: number): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why =
    { EADDRINUSE: 'another program listens there', EACCES: 'ports below 1024 need a privilege' }[code] ??
    'the service cannot listen on this address';
  return new Error(`${host}:${port} cannot be used: ${why}. Set OGPLUS_PORT or OGPLUS_HOST.`);
}

export interface HttpWorkers extends AsyncDisposable {
  readonly pool: WorkerPool;
  /** The socket that the service listens on for them, in a folder of its own. */
  readonly service: string;
}

/** HTTP workers, not started yet; undefined where the service serves by itself. */
export async function httpWorkers(
  config: Config,
  maxConnections: number,
  told: Pick<WorkerPoolOptions, 'onCounts' | 'onLogged'>,
  log: Logger,
): Promise<HttpWorkers | undefined> {
  const { workers } = config;
  if (workers === 1) return undefined;
  // Short: the name of a socket has a hundred bytes at most.
  const folder = await mkdtemp(join(tmpdir(), 'ogplus-http-'));
  const service = join(folder, 'service');
  const program = new URL('./http-worker.ts', import.meta.url);
  const pool = new WorkerPool({ workers, program, service, maxConnections, ...told, log });
  return { pool, service, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
