import type { FastifyInstance } from 'fastify';
import { Problem } from '../model/problem.ts';
import { notDashboard } from './dashboard.ts';

interface Pattern {
  readonly isAt: (path: string) => boolean;
  readonly methods: Set<string>;
}

/** Tells which methods an address answers: RFC 9110 §15.5.6. */
export class AllowedMethods {
  readonly #patterns = new Map<string, Pattern>();

  /** Call it before the routes are added. */
  follow(app: FastifyInstance): void {
    app.addHook('onRoute', ({ url, method }) => {
      const pattern = this.#patterns.get(url) ?? { isAt: matcherOf(url), methods: new Set() };
      for (const one of [method].flat()) pattern.methods.add(one);
      this.#patterns.set(url, pattern);
    });
  }

  /** In order; none where there is nothing at this path. */
  at(path: string): string[] {
    const found = [...this.#patterns.values()].filter(({ isAt }) => isAt(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  }
}

/** Tells paths of a route's pattern (find-my-way). */
function matcherOf(url: string): (path: string) => boolean {
  if (url === '/*') return (path) => !notDashboard.test(path);
  const segments = url.split('/').map((segment) => {
    if (segment === '*') return '.*';
    return segment.startsWith(':') ? '[^/]+' : RegExp.escape(segment);
  });
  const whole = new RegExp(`^${segments.join('/')}$`);
  return (path) => whole.test(path);
}

/** @param allow as in the field `Allow`. */
export function methodNotAllowed(allow: string): Problem {
  return new Problem('method-not-allowed', `This address supports ${allow}.`, { allow });
}
