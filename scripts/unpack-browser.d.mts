export function unpackBrowser(cacheDir?: string): Promise<{ executable: string; environment: Record<string, string> }>;
