import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';

/** The website's own icon, so that nobody's browser asks the website for it. */
export function addIconRoute(api: Api, { websiteIcons, clock }: ApiOptions): void {
  const config = { access: { who: 'member', role: 'viewer', scope: 'website:read' } } as const;
  const schema = {
    summary: "The website's own icon, as a PNG of 64 × 64 pixels; 204 where it has none that can be read",
    params: WebsiteParams,
  };
  api.get('/websites/:websiteId/icon', { config, schema }, async (request, reply) => {
    const { png, freshUntil } = await websiteIcons.of(memberOf(request).website);
    const seconds = Math.max(0, Math.floor((freshUntil - clock.now()) / 1000));
    reply.header('cache-control', `private, max-age=${seconds}`);
    return png === null ? reply.code(204).send() : reply.type('image/png').send(png);
  });
}
