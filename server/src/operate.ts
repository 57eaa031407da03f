import type { Config } from './config.ts';
import type { Tally } from './http/tally.ts';
import type { ServiceLog } from './log.ts';
import { systemTimers } from './model/timers.ts';
import { milliseconds } from './model/units.ts';
import { runningBrowserChecks } from './operations/doctor/browser.ts';
import type { Check } from './operations/doctor/check.ts';
import { dataChecks } from './operations/doctor/data.ts';
import { type DateOf, machineChecks } from './operations/doctor/machine.ts';
import { networkChecks } from './operations/doctor/network.ts';
import { NodeReporting } from './operations/node-reporting.ts';
import { type NodeStatus, ThisNode } from './operations/node-status.ts';
import { Operations } from './operations/operations.ts';
import type { Requests } from './origin/requests.ts';
import type { Renderer } from './render/renderer.ts';
import type { Store } from './store/ports/store.ts';
import type { Costs } from './usage/costs.ts';

export interface OperateOptions {
  readonly config: Config;
  readonly version: string;
  readonly store: Store;
  readonly renderer: Renderer;
  readonly requests: Requests;
  readonly tally: Tally;
  readonly costs: Costs;
  readonly swept: () => NodeStatus['swept'];
  /** The service's part of a `User-Agent`. */
  readonly software: string;
  readonly mostConnections: number;
  readonly log: ServiceLog;
}

export interface Operated extends AsyncDisposable {
  readonly operations: Operations;
}

const dateTimeout = milliseconds(5000);
// As many of the websites' clocks are compared.
const mostOrigins = 3;

/** What the owner of the service sees; tells other nodes how this one is. */
export function operate(options: OperateOptions): Operated {
  const { config, version, store, renderer, requests, tally, costs, swept, software, mostConnections, log } = options;
  const { dataDir, diskBudgetBytes: pictureBudget, database, bucket } = config;
  const { recentErrors } = log;
  const { clock, nodeReports: reports } = store;
  const node = new ThisNode({ clock, version, dataDir, renderer, tally, mostConnections, swept, recentErrors });
  const onFailure = (error: unknown) => log.debug({ err: error }, 'the other nodes could not be told how this one is');
  const nodes = new NodeReporting({ reports, node, clock, timers: systemTimers, onFailure });

  /** Through the guard, as every request to a website: its owner chose the address. */
  const dateOf: DateOf = async (origin) => {
    const asked = { origin, target: '/', headers: { 'user-agent': software }, redirectHosts: [], bypassCaches: false };
    try {
      const { head, body } = await requests.follow(asked, AbortSignal.timeout(dateTimeout));
      body?.destroy();
      return head.headers.find(([name]) => name === 'date')?.[1];
    } catch {
      return undefined; // another website is asked
    }
  };
  const origins = async () => (await store.websites.list()).slice(0, mostOrigins).map(({ origin }) => origin);
  const kept = async () => (await store.measure()).pictureBytes ?? swept()?.pictureBytes ?? 0;
  const checks = (): Check[] => [
    ...dataChecks(config, store, 'answers'),
    ...machineChecks(config, { origins, dateOf, kept }),
    ...runningBrowserChecks(renderer, config),
    ...networkChecks(config),
  ];
  const kinds = {
    database: database === undefined ? 'sqlite' : 'postgres',
    storage: bucket === undefined ? 'files' : 'bucket',
  } as const;
  const writeCosts = () => costs.write();
  const operations = new Operations({ store, nodes, clock, kinds, pictureBudget, checks, writeCosts });
  return { operations, [Symbol.asyncDispose]: () => nodes[Symbol.asyncDispose]() };
}
