import Type from 'typebox';
import { cachingFaults, tagFaults } from '../../../model/fault.ts';
import { frameworkIds } from '../../../model/frameworks.ts';
import { settingLimits } from '../../../model/setting-limits.ts';
import { Explanation, Nullable, Picture, Response, Time } from './common.ts';

export const Role = Type.Union([Type.Literal('owner'), Type.Literal('editor'), Type.Literal('viewer')]);

const ChangeableSettings = Type.Object({
  defaultMaxAge: Nullable(Type.Integer({ ...settingLimits.defaultMaxAge, description: 'seconds' })),
  viewportWidth: Nullable(
    Type.Integer({ ...settingLimits.viewportWidth, description: 'CSS pixels; a change purges the kept cards' }),
  ),
  patience: Nullable(Type.Integer({ ...settingLimits.patience, description: "milliseconds; null: the service's own" })),
  recheckInterval: Nullable(
    Type.Integer({ ...settingLimits.recheckInterval, description: "seconds; null: the service's own" }),
  ),
  rendersPerMinute: Nullable(
    Type.Integer({
      ...settingLimits.rendersPerMinute,
      description: 'new cards per minute; never more than the service allows',
    }),
  ),
  ignoredParameters: Nullable(
    Type.Array(Type.String({ maxLength: 100 }), {
      maxItems: 100,
      description:
        'query parameters that are left out of page addresses (utm_*: all that begin with utm_); null: the usual tracking parameters',
    }),
  ),
  oneCard: Type.Boolean({ description: 'one card for all networks; a change purges the kept cards' }),
  equalDocuments: Type.Boolean(),
  fetchToken: Type.Boolean(),
  redirectHosts: Type.Array(Type.String({ maxLength: 260 }), { maxItems: 50 }),
  framework: Nullable(Type.Enum([...frameworkIds], { description: 'what the website is made with, for snippets' })),
  ownHost: Nullable(Type.String({ maxLength: 253, description: 'a custom host name for the connection address' })),
});

const OwnHostProof = Type.Object({
  proven: Type.Boolean({ description: 'the host works for the connection address only once proven' }),
  records: Type.Array(
    Type.Object({
      type: Type.Union([Type.Literal('CNAME'), Type.Literal('TXT')]),
      name: Type.String(),
      value: Type.String(),
    }),
    { description: 'DNS records; one of them proves that the host is yours' },
  ),
});

export const Settings = Type.Object({
  ...ChangeableSettings.properties,
  ownHostProof: Nullable(OwnHostProof),
  fallbackPicture: Nullable(Type.Object({ ...Picture.properties, href: Type.String() })),
});

/** Settings that are not named stay as they are. */
export const SettingsChange = Type.Partial(ChangeableSettings, { additionalProperties: false, minProperties: 1 });

export const Website = Type.Object({
  id: Type.Integer(),
  origin: Type.String(),
  host: Type.String({ description: 'the origin as people write it: münchen.example' }),
  connection: Type.String(),
  connectionUrl: Type.String(),
  publicKey: Nullable(Type.String({ description: 'the newest valid key' })),
  settings: Settings,
  createdAt: Time,
  /** The caller's role. */
  role: Role,
});

export const Websites = Type.Object({ websites: Type.Array(Website) });
export const Finding = Type.Object({
  tag: Type.String(),
  level: Type.Union([Type.Literal('good'), Type.Literal('bad'), Type.Literal('hint')]),
  says: Type.String(),
  fault: Nullable(Type.Enum([...tagFaults], { description: 'what is wrong; null where nothing is' })),
});

/** What could be better about how long a card is kept. */
export const CachingFault = Nullable(
  Type.Enum([...cachingFaults], {
    description: 'what could be better about the cache headers; null where nothing could',
  }),
);

/** A page fetched now: its tags, and how its headers are judged. */
export const Check = Type.Object({
  url: Type.String(),
  status: Type.Integer(),
  ok: Type.Boolean({ description: 'no finding is bad' }),
  title: Nullable(Type.String({ description: 'as networks read it' })),
  description: Nullable(Type.String()),
  findings: Type.Array(Finding),
  explanation: Explanation,
  cachingFault: CachingFault,
  response: Response,
});

export const Key = Type.Object({ publicKey: Type.String(), createdAt: Time, revokedAt: Nullable(Time) });
export const Keys = Type.Object({ keys: Type.Array(Key) });
export const KeyParams = Type.Object({ websiteId: Type.Integer({ minimum: 1 }), publicKey: Type.String() });
/** Shown once. */
export const NewKey = Type.Object({ publicKey: Type.String(), secretKey: Type.String(), apiKey: Type.String() });
