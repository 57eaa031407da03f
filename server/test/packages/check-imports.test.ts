import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { circlesOf, importsOf, layersOf, strayImports } from '../../../scripts/check-imports.mjs';

const document = `
## Layers

| folder | holds | may import |
| --- | --- | --- |
| \`model/\` | types | nothing |
| \`cards/\` | the domain | \`model/\` |

## More
`;

function faultsOf(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-imports-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const imports = importsOf(folder);
    return [...strayImports(imports, layersOf(document)), ...circlesOf(imports).map((circle) => circle.sort().join())];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the check of imports', () => {
  it('lets through what the table names', () => {
    assert.deepEqual(faultsOf({ 'model/a.ts': '', 'cards/b.ts': "import { a } from '../model/a.ts';" }), []);
  });

  it('finds an import that the table does not name, of a type too', () => {
    const files = { 'model/a.ts': "import type { B } from '../cards/b.ts';", 'cards/b.ts': '' };
    assert.deepEqual(faultsOf(files), ['model/a.ts imports cards/b.ts: model/ may not import cards/']);
  });

  it('finds a folder that the table does not name', () => {
    assert.deepEqual(faultsOf({ 'extra/a.ts': '' }), ['extra/ has no row in the table "Layers"']);
  });

  it('finds a circle', () => {
    const files = {
      'cards/a.ts': "import { b } from './b.ts';",
      'cards/b.ts': "export type { C } from './c.ts';",
      'cards/c.ts': "const a = await import('./a.ts');",
    };
    assert.deepEqual(faultsOf(files), ['cards/a.ts,cards/b.ts,cards/c.ts']);
  });

  it('finds a circle of screens', () => {
    const files = { 'a.tsx': "import { B } from './b.tsx';", 'b.tsx': "import type { A } from './a.tsx';" };
    assert.deepEqual(faultsOf(files), ['a.tsx,b.tsx']);
  });

  it('reads a row for each folder there is', () => {
    const architecture = fileURLToPath(new URL('../../../docs/architecture.md', import.meta.url));
    assert.ok(layersOf(readFileSync(architecture, 'utf8')).size > 10);
  });
});
