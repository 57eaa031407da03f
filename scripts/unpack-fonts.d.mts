export function unpackFonts(cacheDir?: string): Promise<string>;
