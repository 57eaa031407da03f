import type { AuditAction } from '../../model/audit.ts';
import type { PurgeScope } from '../../model/change.ts';

// An entry names a few pages, however many were purged; with their longest addresses it stays small.
const mostNamed = 10;
const longestNamed = 2000;

/** What was purged, as actions: one for all single pages. Pure. */
export function purgedParts(scopes: readonly PurgeScope[]): AuditAction[] {
  const targets = scopes.flatMap((scope) => (scope.kind === 'page' ? [scope.target] : []));
  const named = targets.filter(({ length }) => length <= longestNamed).slice(0, mostNamed);
  return [
    ...(targets.length === 0
      ? []
      : [{ kind: 'cache.purged', part: 'pages', count: targets.length, targets: named } as const]),
    ...scopes.flatMap((scope): AuditAction[] => {
      if (scope.kind === 'page') return [];
      if (scope.kind === 'website') return [{ kind: 'cache.purged', part: 'website' }];
      return [{ kind: 'cache.purged', part: 'prefix', prefix: scope.prefix }];
    }),
  ];
}
