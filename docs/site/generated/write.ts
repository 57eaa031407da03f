import { writeFile } from 'node:fs/promises';
import { generated } from './generated.ts';

for (const [file, write] of Object.entries(generated)) {
  await writeFile(new URL(`../../../${file}`, import.meta.url), await write());
}
