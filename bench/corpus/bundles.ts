import { createRequire } from 'node:module';
import { pathOf } from '../processes.ts';
import type { CorpusPage } from './page.ts';

interface Plugin {
  readonly name: string;
  resolveId(id: string): string | undefined;
  load(id: string): string | undefined;
}

interface Rolldown {
  build(options: object): Promise<{ output: ReadonlyArray<{ code: string }> }>;
}

interface SvelteCompiler {
  compile(source: string, options: object): { js: { code: string } };
}

// The packages of the corpus are installed by it alone: no types of theirs are known here.
const folder = pathOf('./corpus');
const require = createRequire(`${folder}/package.json`);

/** Makes one module of a page's own code and of the packages that it names. */
export async function bundle({ bundle: code = '', component = '' }: CorpusPage): Promise<string> {
  const { build } = require('rolldown') as Rolldown;
  const plugin: Plugin = {
    name: 'page',
    resolveId(id) {
      if (id === 'main') return `${folder}/main.js`;
      return id === 'app.svelte' ? `${folder}/app.svelte.js` : undefined;
    },
    load(id) {
      if (id === `${folder}/main.js`) return code;
      return id === `${folder}/app.svelte.js` ? compiled(component) : undefined;
    },
  };
  const { output } = await build({
    input: 'main',
    cwd: folder,
    platform: 'browser',
    plugins: [plugin],
    write: false,
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    resolve: { conditionNames: ['browser', 'import', 'default'] },
    output: { format: 'esm', minify: true, codeSplitting: false },
  });
  return output[0]?.code ?? '';
}

function compiled(component: string): string {
  const { compile } = require('svelte/compiler') as SvelteCompiler;
  return compile(component, { generate: 'client', css: 'injected', dev: false }).js.code;
}
