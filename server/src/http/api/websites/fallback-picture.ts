import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Picture } from '../../../model/picture.ts';
import { Problem } from '../../../model/problem.ts';
import { settingsChanged } from '../../../websites/audit/changed-settings.ts';
import { makeFallbackPicture } from '../../../websites/fallback-picture.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { actorOf, noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { pictures, WebsiteParams } from '../schemas/common.ts';

// A photograph from a camera.
const mostBytes = 20_000_000;

/** The picture that a website sends instead of an error. */
export function addFallbackRoutes(api: Api, options: ApiOptions): void {
  const { store } = options;
  const path = '/websites/:websiteId/fallback-picture';
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'website:read' } } as const;
  const access = { who: 'member', role: 'editor', scope: 'website:write' } as const;
  const editor = { access, audit: ['settings.changed'] } as const;
  const change = async (request: FastifyRequest, fallbackPicture: Picture | null) => {
    const { id } = memberOf(request).website;
    const changed = await store.websites.changeSettings(id, { fallbackPicture }, actorOf(request));
    await noteChange(options, request, id, settingsChanged(changed));
  };
  api.addContentTypeParser(/^image\//, { parseAs: 'buffer', bodyLimit: mostBytes }, (_, body, done) =>
    done(null, body),
  );

  const read = { summary: 'The fallback picture', params: WebsiteParams, response: { 200: pictures } };
  api.get(path, { config: viewer, schema: read }, async (request, reply) => {
    const { fallbackPicture } = memberOf(request).website.settings;
    const bytes = fallbackPicture && (await store.pictures.read(fallbackPicture));
    if (!fallbackPicture || !bytes) throw new Problem('not-found', 'The website has no fallback picture.');
    return reply.type(fallbackPicture.type).send(bytes);
  });

  const done = { 204: Type.Null({ description: 'done' }) };
  const put = {
    summary: 'Set the fallback picture: the body is a PNG, JPEG or WebP',
    params: WebsiteParams,
    body: pictures,
    response: done,
  };
  api.put(path, { config: editor, schema: put, bodyLimit: mostBytes }, async (request, reply) => {
    if (!Buffer.isBuffer(request.body))
      throw new Problem('malformed-address', 'Send the picture as the body: Content-Type: image/png');
    const made = await makeFallbackPicture(request.body).catch((error: Error) => {
      throw new Problem('malformed-address', error.message);
    });
    await store.pictures.write(made.picture, made.bytes);
    await change(request, made.picture);
    return reply.code(204).send(null);
  });

  const remove = {
    summary: 'Remove the fallback picture; networks get errors again',
    params: WebsiteParams,
    response: done,
  };
  api.delete(path, { config: editor, schema: remove }, async (request, reply) => {
    await change(request, null);
    return reply.code(204).send(null);
  });
}
