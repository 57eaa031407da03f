import Type from 'typebox';
import { Nullable, Time } from './common.ts';

const bytes = (description: string) => Type.Integer({ description: `bytes ${description}` });
const Level = Type.Union([Type.Literal('bad'), Type.Literal('hint')]);

export const Concern = Type.Object({
  level: Level,
  says: Type.String(),
  mend: Type.String({ description: 'what to do about it' }),
  node: Nullable(Type.String({ description: 'the machine concerned; null: all' })),
});

const Browser = Type.Object({
  state: Type.Union([Type.Literal('running'), Type.Literal('resting'), Type.Literal('failing')], {
    description: 'resting: none runs, and the next card starts one; failing: the last start failed',
  }),
  failure: Nullable(Type.String({ description: 'why it does not start' })),
  product: Nullable(Type.String()),
  place: Type.String({ description: "the program's path, or where it runs" }),
  running: Type.Integer(),
  exits: Type.Integer({ description: 'browsers that crashed or were killed since the start' }),
  sandboxed: Nullable(Type.Boolean({ description: 'null if unknown' })),
  asRoot: Type.Boolean(),
  memory: Nullable(bytes('of all browsers together')),
  memoryLimit: Nullable(bytes('above which pages are ended')),
});

export const ServiceError = Type.Object({
  level: Type.Union([Type.Literal('warning'), Type.Literal('error')]),
  says: Type.String(),
  why: Nullable(Type.String()),
  count: Type.Integer(),
  firstAt: Time,
  lastAt: Time,
});

const Status = Type.Object({
  name: Type.String({ description: 'of the machine' }),
  version: Type.String({ description: 'of the service' }),
  runtime: Type.String({ description: 'of Node.js' }),
  startedAt: Time,
  requests: Type.Object({
    waiting: Type.Integer({ description: 'image requests that are not answered yet' }),
    connections: Type.Integer(),
    mostConnections: Type.Integer(),
    workers: Type.Integer({ description: 'HTTP worker processes' }),
  }),
  drawing: Type.Object({
    places: Type.Integer({ description: 'cards drawn at once at most' }),
    drawing: Type.Integer({ description: 'cards drawn now' }),
    waiting: Type.Integer(),
    queueLimit: Type.Integer(),
    started: Type.Integer({ description: 'renders since the start' }),
    browser: Browser,
  }),
  memory: Type.Object({
    service: bytes('of the service, without its browsers'),
    workers: bytes('of the HTTP workers'),
    limit: bytes('of the machine or container'),
  }),
  disk: Nullable(Type.Object({ free: bytes('of the disk of the data folder'), total: bytes('of that disk') })),
  errors: Type.Array(ServiceError, { description: 'the last warnings and errors of the log, newest first' }),
});

export const Node = Type.Object({
  id: Type.String(),
  isThis: Type.Boolean({ description: 'the node that answers this request' }),
  at: Time,
  alive: Type.Boolean({ description: 'false if it has not reported for half a minute' }),
  status: Nullable(Status),
});

export const ServiceStatus = Type.Object({
  at: Time,
  concerns: Type.Array(Concern, { description: 'problems, worst first' }),
  nodes: Type.Array(Node, { description: 'first the one that answers; the figures of others are some seconds old' }),
  database: Type.Object({
    kind: Type.Union([Type.Literal('sqlite'), Type.Literal('postgres')]),
    answers: Type.Boolean(),
    version: Nullable(Type.String()),
    bytes: Nullable(bytes('of the database')),
    latency: Nullable(Type.Number({ description: 'milliseconds for one row' })),
  }),
  pictures: Type.Object({
    storage: Type.Union([Type.Literal('files'), Type.Literal('bucket')]),
    bytes: Nullable(bytes('of all kept pictures; null while they are not counted')),
    budget: bytes('that kept pictures may take'),
  }),
});

export const CostsQuery = Type.Object({
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 31, default: 7, description: 'today included' })),
});

const WebsiteCost = Type.Object({
  id: Type.Integer(),
  host: Type.String(),
  fetches: Type.Integer({ description: 'requests to the site for documents' }),
  drawings: Type.Integer(),
  browserSeconds: Type.Number({ description: 'of browser time' }),
  bytes: bytes('from the site: documents, and what drawing them loaded'),
});

export const Costs = Type.Object({
  days: Type.Integer(),
  websites: Type.Array(WebsiteCost, { description: 'most browser time first, a hundred at most' }),
});

export const Examination = Type.Object({
  at: Time,
  checks: Type.Array(
    Type.Object({
      name: Type.String(),
      level: Type.Union([Type.Literal('good'), Level]),
      says: Type.String(),
      mend: Nullable(Type.String()),
    }),
  ),
});
