// curl sets them itself, or they belong to the connection.
const own = /^(host|connection|content-length|transfer-encoding|x-forwarded-.*|forwarded|via|x-real-ip)$/i;

/** A line for a POSIX shell that repeats a request. */
export function curlLine(
  method: string,
  url: string,
  headers: ReadonlyArray<readonly [name: string, value: string]>,
): string {
  const given = headers.filter(([name]) => !own.test(name));
  // curl sends these of itself, unless it is told not to.
  const absent = ['User-Agent', 'Accept'].filter(
    (name) => !given.some(([one]) => one.toLowerCase() === name.toLowerCase()),
  );
  const asked = method === 'HEAD' ? ['--head'] : ['--output', '-'];
  const fields = [...given.map(([name, value]) => `${name}: ${value}`), ...absent.map((name) => `${name}:`)];
  const compressed = given.some(([name]) => name.toLowerCase() === 'accept-encoding') ? ['--compressed'] : [];
  return [
    'curl',
    '--silent',
    ...asked,
    ...compressed,
    ...fields.flatMap((field) => ['-H', quoted(field)]),
    quoted(url),
  ].join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
