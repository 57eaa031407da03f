import 'vitest';

declare global {
  // Vitest's own interfaces have other type parameters in each major version; Chai's, which they extend, has none.
  namespace Chai {
    interface Assertion {
      toHaveOpenGraphTags(): void | Promise<void>;
      toHaveOgTag(name: string, content?: string | RegExp): void | Promise<void>;
      toHaveCardOf(page: string | URL): void | Promise<void>;
      toKeepCardFor(seconds: number): void | Promise<void>;
    }
  }
}
