import { parametersOf, responsesOf, rowsOf } from './api-fields.ts';
import type { OpenApi, Operation } from './openapi.ts';

/** Where `apiPage` is, from the repository's root. */
export const apiFile = 'docs/reference/api.md';

/** Every route of the management API with what it takes and gives, out of the document that its schemas make. */
export function apiPage({ paths }: OpenApi): string {
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const groups = Map.groupBy(routes, ({ path }) => groupOf(path));
  const parts = [...groups].map(
    ([name, members]) =>
      `## ${name}\n\n${members.map(({ method, path, operation }) => route(method, path, operation)).join('\n')}`,
  );
  return `# API routes

Every route of the management API, below \`/api/v1\`, with its fields, made from the schemas that check requests. [Management API](../management-api.md)
says how to sign in, and what the answers mean; \`GET /api/v1/openapi.json\` is the same for programs. \`?\` behind a name: it may be
left out. Errors are [problems](../problems/README.md).

${parts.join('\n')}`;
}

/** The resource that a path is about: `/api/v1/websites/{websiteId}/keys/{publicKey}` is about keys. */
function groupOf(path: string): string {
  const [first = '', second, third] = path.replace('/api/v1/', '').split('/');
  const name = first === 'websites' && second !== undefined && third !== undefined ? third : first;
  return names[name] ?? sentence(name.replaceAll('-', ' '));
}

const names: Readonly<Record<string, string>> = {
  '': 'This document',
  'openapi.json': 'This document',
  account: 'Your account',
  hooks: 'Deploy hooks',
  page: 'Page',
};

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function route(method: string, path: string, operation: Operation): string {
  const { summary = '', parameters = [], requestBody, responses = {} } = operation;
  const taken = [...parametersOf(parameters), ...rowsOf(requestBody, 'body')];
  return `### ${method} ${path.replace('/api/v1', '')}

${summary}. ${callers(operation['x-access'])}
${table(['field', 'in', 'is', 'meaning'], taken)}${Object.entries(responses)
  .map(([status, body]) => table([`in ${status}`, 'is', 'meaning'], responsesOf(body)))
  .join('')}`;
}

function callers(access: Operation['x-access']): string {
  const { who = 'anyone', role, scope } = access ?? {};
  const scoped = scope === undefined ? '' : `, scope \`${scope}\``;
  const asked = role === undefined ? (whose[who] ?? who) : `the role ${role}`;
  return `For ${asked}${scoped}.`;
}

const whose: Readonly<Record<string, string>> = {
  anyone: 'anybody',
  identified: 'any caller with a key or a session',
  person: 'a person, signed in or with an API key',
  session: 'a person who is signed in',
  'service-owner': 'the owner of the service, signed in',
};

function table(heads: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `\n${[line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
