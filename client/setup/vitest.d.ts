import 'vitest';

interface OgPlusMatchers {
  toHaveOpenGraphTags(): void | Promise<void>;
  toHaveOgTag(name: string, content?: string | RegExp): void | Promise<void>;
  toHaveCardOf(page: string | URL): void | Promise<void>;
  toKeepCardFor(seconds: number): void | Promise<void>;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: Vitest declares it so, and declarations that are merged must be alike
  interface Assertion<T = any> extends OgPlusMatchers {}
}
