import Type from 'typebox';
import { Nullable, PictureType } from './common.ts';

export const Consumer = Type.Object({
  name: Type.String(),
  label: Type.String(),
  userAgent: Nullable(Type.String({ description: 'one that its crawler sends; null for the generic one' })),
  width: Type.Integer({ description: 'CSS pixels' }),
  height: Type.Integer(),
  scale: Type.Number(),
  formats: Type.Array(PictureType),
  soft: Type.Integer({ description: 'bytes to aim for' }),
  max: Type.Integer({ description: 'bytes that are never exceeded' }),
});

export const Consumers = Type.Object({ consumers: Type.Array(Consumer) });
