import type { Audited } from '../../src/http/api/audit/audited-routes.ts';
import type { Access } from '../../src/model/identity.ts';
import type { TestService } from './service.ts';

/** A route of the management API, as its document says it. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: Access | undefined;
  readonly takesBody: boolean;
  readonly name: string | undefined;
  /** By status; `default` for those that are not named. */
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  /** What it writes into the audit log of a website, or why nothing. */
  readonly audit: Audited | undefined;
}

interface Operation {
  readonly 'x-access'?: Access;
  readonly 'x-audit'?: Audited;
  readonly operationId?: string;
  readonly requestBody?: { readonly content: object };
  readonly responses: Route['responses'];
}

/** Every route of the document; those that remove a website come last. */
export async function routesOf({ service }: TestService): Promise<Route[]> {
  const response = await fetch(`${service.address}/api/v1/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, Operation>> };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      access: operation['x-access'],
      takesBody: 'application/json' in (operation.requestBody?.content ?? {}),
      name: operation.operationId,
      responses: operation.responses,
      audit: operation['x-audit'],
    })),
  );
  const removes = ({ method, path }: Route) => method === 'DELETE' && path.endsWith('{websiteId}');
  return [...routes.filter((route) => !removes(route)), ...routes.filter(removes)];
}

/** The path with what it names; what is not given is something that is not there. */
export function filled({ path }: Route, names: Readonly<Record<string, string | number>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => String(names[name] ?? (name === 'invitationId' ? 999 : 'no')));
}
