import Type from 'typebox';
import { Nullable, Target, Time } from './common.ts';

/** Days that a link may last. */
export const sharedFor = { default: 7, most: 90 } as const;

export const NewSharedPreview = Type.Object(
  {
    target: Target,
    expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: sharedFor.most, default: sharedFor.default })),
  },
  { additionalProperties: false },
);

export const SharedPreview = Type.Object({
  id: Type.Integer(),
  target: Target,
  url: Type.String({ description: 'what anybody who has it may open' }),
  createdAt: Time,
  expiresAt: Time,
  openedAt: Nullable(Type.String({ ...Time, description: 'when it was last opened, by a person or a network' })),
});
export const SharedPreviews = Type.Object({
  sharedPreviews: Type.Array(SharedPreview, { description: 'newest first' }),
});
export const SharedPreviewsQuery = Type.Object({ target: Type.Optional(Target) });
export const SharedPreviewParams = Type.Object({
  websiteId: Type.Integer({ minimum: 1 }),
  sharedPreviewId: Type.Integer({ minimum: 1 }),
});
