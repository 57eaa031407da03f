import Type from 'typebox';

export const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC' });
export const Target = Type.String({
  minLength: 1,
  maxLength: 8192,
  description:
    "Path and query of a page: /blog/hello?a=b. For another website's page, requested by a signed address: its absolute URL",
});
export const ConsumerName = Type.String({ description: 'A name of /api/v1/consumers, or generic' });
export const WebsiteParams = Type.Object({ websiteId: Type.Integer({ minimum: 1 }) });

/** RFC 9457. */
export const Problem = Type.Object(
  {
    type: Type.String({ format: 'uri' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String({ description: 'A sentence for people' })),
  },
  { $id: 'Problem' },
);

/** A body that is not JSON of a shape: its media types. */
export function mediaTypes(...types: readonly string[]) {
  return { content: Object.fromEntries(types.map((type) => [type, { schema: Type.Any() }])) };
}

/** A card or a fallback picture. */
export const pictures = mediaTypes('image/jpeg', 'image/png', 'image/webp');

/** How a response is judged, in words. */
export const Explanation = Type.Object({
  verdict: Type.String(),
  reasons: Type.Array(Type.String()),
  ignored: Type.Array(Type.String()),
  advice: Type.Array(Type.String()),
});

/** The page's response, with the fields that it is judged by; no other field is kept, least of all cookies. */
export const Response = Type.Object({
  url: Type.String({ description: 'the final URL, after redirects' }),
  status: Type.Integer(),
  headers: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  fetchedAt: Time,
});

export const PictureType = Type.Union([
  Type.Literal('image/jpeg'),
  Type.Literal('image/png'),
  Type.Literal('image/webp'),
]);

export const Picture = Type.Object({
  hash: Type.String({ description: 'SHA-256 of the bytes, the strong ETag' }),
  type: PictureType,
  size: Type.Integer({ description: 'bytes' }),
  width: Type.Integer({ description: 'device pixels' }),
  height: Type.Integer(),
});

/** Allows `null` too. Plain types become a list of two, which is shorter to read. */
export function Nullable<T extends Type.TSchema>(schema: T): Type.TUnsafe<Type.Static<T> | null> {
  const { type } = schema as { readonly type?: string };
  return type === undefined || type === 'object'
    ? Type.Unsafe({ anyOf: [schema, { type: 'null' }] })
    : Type.Unsafe({ ...schema, type: [type, 'null'] });
}
