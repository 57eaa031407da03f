import { shortAddress } from '../../../../server/src/model/short-address.ts';
import { withScheme } from '../../parts/with-scheme.ts';

/**
 * The origin of what somebody typed or pasted, a page's address perhaps; as it was typed where it cannot be one, for the
 * service to say why.
 */
export function originOf(typed: string): string {
  const trimmed = typed.trim();
  const spelled = withScheme(trimmed);
  const url = URL.parse(spelled);
  if (url === null || shortAddress(spelled) !== undefined) return trimmed;
  const { protocol, origin, username, password } = url;
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && username === '' && password === '' ? origin : trimmed;
}
