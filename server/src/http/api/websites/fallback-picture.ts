import { Problem } from '../../../model/problem.ts';
import { makeFallbackPicture } from '../../../websites/fallback-picture.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';

// A photograph from a camera.
const mostBytes = 20_000_000;

/** The picture that a website sends instead of an error. */
export function addFallbackRoutes(api: Api, { store }: ApiOptions): void {
  const path = '/websites/:websiteId/fallback-picture';
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'website:read' } } as const;
  const editor = { access: { who: 'member', role: 'editor', scope: 'website:write' } } as const;
  api.addContentTypeParser(/^image\//, { parseAs: 'buffer', bodyLimit: mostBytes }, (_, body, done) =>
    done(null, body),
  );

  const read = { summary: 'The fallback picture', params: WebsiteParams };
  api.get(path, { config: viewer, schema: read }, async (request, reply) => {
    const { fallbackPicture } = memberOf(request).website.settings;
    const bytes = fallbackPicture && (await store.pictures.read(fallbackPicture));
    if (!fallbackPicture || !bytes) throw new Problem('not-found', 'The website has no fallback picture.');
    return reply.type(fallbackPicture.type).send(bytes);
  });

  const put = { summary: 'Set the fallback picture: the body is a PNG, JPEG or WebP', params: WebsiteParams };
  api.put(path, { config: editor, schema: put, bodyLimit: mostBytes }, async (request, reply) => {
    if (!Buffer.isBuffer(request.body))
      throw new Problem('malformed-address', 'Send the picture as the body: Content-Type: image/png');
    const made = await makeFallbackPicture(request.body).catch((error: Error) => {
      throw new Problem('malformed-address', error.message);
    });
    await store.pictures.write(made.picture, made.bytes);
    await store.websites.changeSettings(memberOf(request).website.id, { fallbackPicture: made.picture });
    return reply.code(204).send();
  });

  const remove = { summary: 'Remove the fallback picture; networks get errors again', params: WebsiteParams };
  api.delete(path, { config: editor, schema: remove }, async (request, reply) => {
    await store.websites.changeSettings(memberOf(request).website.id, { fallbackPicture: null });
    return reply.code(204).send();
  });
}
