import Type from 'typebox';
import { Nullable, Target, Time } from './common.ts';

export const DeployHook = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  createdAt: Time,
  usedAt: Nullable(Time),
});
export const DeployHooks = Type.Object({ hooks: Type.Array(DeployHook) });
export const NewDeployHook = Type.Object(
  { name: Type.Optional(Type.String({ maxLength: 100, description: 'what calls it' })) },
  { additionalProperties: false },
);
/** The address is shown once. */
export const MadeDeployHook = Type.Object({ ...DeployHook.properties, url: Type.String() });
export const DeployHookParams = Type.Object({
  websiteId: Type.Integer({ minimum: 1 }),
  hookId: Type.Integer({ minimum: 1 }),
});

export const HookParams = Type.Object({ token: Type.String({ maxLength: 200 }) });
/** Fields that we do not know are ignored: hosts send facts about their deploy. */
export const Deploy = Type.Object({
  targets: Type.Optional(
    Type.Array(Target, { minItems: 1, maxItems: 1000, description: 'purge these pages, not the whole website' }),
  ),
  prefix: Type.Optional(
    Type.String({ ...Target, description: 'purge the pages whose path begins with it, not the whole website' }),
  ),
});
export const Deployed = Type.Object({
  purged: Type.String({ description: 'website, prefix or targets' }),
  warmup: Nullable(
    Type.Integer({ description: 'the warm-up that was started; null if no page was requested within 30 days' }),
  ),
  pages: Type.Integer({ description: 'pages that it draws' }),
});
