const onThisMachine = /^(localhost|[\w.-]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?([/?#]|$)/i;

/** An address as somebody typed it, with a scheme: https without one, and http on this machine. */
export function withScheme(typed: string): string {
  const trimmed = typed.trim();
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return trimmed;
  return `${onThisMachine.test(trimmed) ? 'http' : 'https'}://${trimmed}`;
}
