declare global {
  namespace jest {
    interface Matchers<R> {
      toHaveOpenGraphTags(): R | Promise<R>;
      toHaveOgTag(name: string, content?: string | RegExp): R | Promise<R>;
      toHaveCardOf(page: string | URL): R | Promise<R>;
      toKeepCardFor(seconds: number): R | Promise<R>;
    }
  }
}

export {};
