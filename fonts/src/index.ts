import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export { fontconfig } from './fontconfig.ts';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

/** The folder with the fonts, where this package came with them: a release has it, the repository has not. */
export const builtFonts: string | undefined = existsSync(dist) ? dist : undefined;
