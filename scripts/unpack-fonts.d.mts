export function unpackFonts(cacheDir?: string, ownFonts?: string): Promise<string>;
