import Type from 'typebox';
import { Explanation, Response } from './common.ts';
import { PageDocument } from './pages.ts';

export const PreviewQuery = Type.Object({ url: Type.String({ maxLength: 8192 }) });
export const NamedPictureQuery = Type.Object({
  url: Type.String({ maxLength: 8192, description: 'the address in og:image' }),
});
export const PreviewPictureQuery = Type.Object({
  url: Type.String({ maxLength: 8192 }),
  consumer: Type.Optional(Type.String()),
});

/** Any page, fetched now and not kept. Its picture is at `href`, which accepts `&consumer=`. */
export const Preview = Type.Object({
  url: Type.String(),
  status: Type.Integer(),
  document: PageDocument,
  explanation: Explanation,
  response: Response,
  href: Type.String(),
});
