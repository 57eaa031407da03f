import { callerName } from '../../../model/identity.ts';
import { readPageUrl } from '../../connection/parse-input.ts';
import { callerOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { mediaTypes } from '../schemas/common.ts';
import { NamedPictureQuery } from '../schemas/preview.ts';

// Who looks again within minutes need not wait.
const lifetime = 'private, max-age=300';

/** What networks show today of pages whose `og:image` is no card of theirs. */
export function addNamedPictureRoute(api: Api, { namedPictures }: ApiOptions): void {
  const config = { access: { who: 'identified', scope: 'preview' } } as const;
  const schema = {
    summary: 'A picture that a page names in og:image, fetched now; at most 1200 pixels wide, as WebP',
    querystring: NamedPictureQuery,
    response: { 200: mediaTypes('image/webp') },
  };
  api.get('/named-picture', { config, schema }, async (request, reply) => {
    const { origin, target } = readPageUrl(request.query.url);
    const bytes = await namedPictures.of(new URL(origin + target), callerName(callerOf(request)));
    return reply.header('cache-control', lifetime).type('image/webp').send(bytes);
  });
}
