import type { KnownNode } from '../../../operations/node-reporting.ts';
import type { NodeStatus } from '../../../operations/node-status.ts';
import { readableHost } from '../../../websites/readable-host.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { Costs, CostsQuery, Examination, ServiceStatus } from '../schemas/service.ts';
import { timeOf } from '../time.ts';

/** How the service is, for its owner. */
export function addServiceRoutes(api: Api, { operations }: ApiOptions): void {
  const owner = {
    access: { who: 'service-owner' },
    audit: { none: 'it changes nothing, and is about no website' },
  } as const;

  const status = {
    summary: 'The state of the service: its nodes, their browsers, the store',
    response: { 200: ServiceStatus },
  };
  api.get('/service', { config: owner, schema: status }, async () => {
    const { at, kinds, concerns, nodes, store, pictureBytes, pictureBudget: budget } = await operations.status();
    const { database: kind, storage } = kinds;
    const { version = null, bytes = null, latency = null } = store ?? {};
    return {
      at: timeOf(at),
      concerns: [...concerns],
      nodes: nodes.map(nodeOf),
      database: { kind, answers: store !== null, version, bytes, latency },
      pictures: { storage, bytes: pictureBytes, budget },
    };
  });

  const costs = {
    summary: 'What websites cost: fetches, drawings, browser time and bytes',
    querystring: CostsQuery,
    response: { 200: Costs },
  };
  api.get('/service/websites', { config: owner, schema: costs }, async ({ query: { days = 7 } }) => {
    const found = await operations.costs(days);
    const websites = found.map(({ website: { id, origin }, browserMs, fetches, drawings, bytes }) => ({
      id,
      host: readableHost(origin),
      fetches,
      drawings,
      browserSeconds: browserMs / 1000,
      bytes,
    }));
    return { days, websites };
  });

  const doctor = {
    summary: 'Run the checks of `ogplus doctor`; at most once every few seconds',
    response: { 200: Examination },
  };
  api.post('/service/doctor', { config: owner, schema: doctor }, async () => {
    const { at, checks } = await operations.examine();
    return { at: timeOf(at), checks: checks.map((check) => ({ mend: null, ...check })) };
  });
}

function nodeOf({ id, isThis, at, alive, status }: KnownNode) {
  return { id, isThis, at: timeOf(at), alive, status: status && statusOf(status) };
}

function statusOf({ startedAt, errors, swept: _, ...status }: NodeStatus) {
  return {
    ...status,
    startedAt: timeOf(startedAt),
    errors: errors.map(({ firstAt, lastAt, ...error }) => ({
      ...error,
      firstAt: timeOf(firstAt),
      lastAt: timeOf(lastAt),
    })),
  };
}
