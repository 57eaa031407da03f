import Type from 'typebox';
import { ConsumerName, Nullable } from './common.ts';

const TagRead = Type.Object({
  what: Type.Enum(['title', 'description', 'picture', 'size of the picture', 'name of the site']),
  names: Type.Array(Type.String(), { description: 'in the order in which the network looks for them' }),
  tag: Nullable(Type.Object({ name: Type.String(), content: Type.String() })),
});

export const NetworkRequest = Type.Object({
  network: Type.String(),
  label: Type.String(),
  consumer: ConsumerName,
  isHeard: Type.Boolean({ description: 'with the header fields of a request that came to a probe of the website' }),
  page: Type.String({ description: 'a command that requests the page as the network does' }),
  picture: Nullable(Type.String({ description: 'the same for the picture that the page names, or else its card' })),
  tags: Nullable(Type.Array(TagRead, { description: 'null where the tags are not known' })),
});
export const NetworkRequests = Type.Object({ requests: Type.Array(NetworkRequest) });
