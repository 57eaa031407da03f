import { request } from './request.ts';

/** What is purged: pages by their targets, all that begin with a prefix, or the whole website. */
export type PurgeScope =
  | { readonly kind: 'pages'; readonly targets: readonly string[] }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'website' };

// As the API takes them.
const targetsAtOnce = 1000;

/** A purge of many pages that stopped half way. */
export class PurgeStopped extends Error {
  /** So many targets, from the first one on, were purged. */
  readonly done: number;

  constructor(done: number, cause: Error) {
    super(cause.message, { cause });
    this.name = 'PurgeStopped';
    this.done = done;
  }
}

/** Forgets pictures at once. @throws {ApiError | PurgeStopped} */
export async function purge(websiteId: number, scope: PurgeScope): Promise<void> {
  const send = (body: PurgeScope) => request(`/api/v1/websites/${websiteId}/purges`, { method: 'POST', body });
  if (scope.kind !== 'pages') {
    await send(scope);
    return;
  }
  for (let done = 0; done < scope.targets.length; done += targetsAtOnce) {
    try {
      await send({ kind: 'pages', targets: scope.targets.slice(done, done + targetsAtOnce) });
    } catch (error) {
      if (done === 0 || !(error instanceof Error)) throw error;
      throw new PurgeStopped(done, error);
    }
  }
}

export function covers(scope: PurgeScope): (target: string) => boolean {
  switch (scope.kind) {
    case 'website':
      return () => true;
    case 'prefix':
      return (target) => target.startsWith(scope.prefix);
    case 'pages': {
      const targets = new Set(scope.targets);
      return (target) => targets.has(target);
    }
  }
}
