export function unpackBrowser(): Promise<{ executable: string; environment: Record<string, string> }>;
