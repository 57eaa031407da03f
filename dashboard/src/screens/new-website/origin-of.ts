const onThisMachine = /^(localhost|[\w.-]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?([/?#]|$)/i;

/**
 * The origin of what somebody typed or pasted, a page's address perhaps; as it was typed where it cannot be one, for the
 * service to say why. Without a scheme it is https, and http on this machine.
 */
export function originOf(typed: string): string {
  const trimmed = typed.trim();
  const spelled = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
    ? trimmed
    : `${onThisMachine.test(trimmed) ? 'http' : 'https'}://${trimmed}`;
  if (!URL.canParse(spelled)) return trimmed;
  const { protocol, origin, username, password } = new URL(spelled);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && username === '' && password === '' ? origin : trimmed;
}
