// `npm run docs -- --out folder --base /` builds the site for any server of static files.
import { parseArgs } from 'node:util';
import pkg from '../../server/package.json' with { type: 'json' };
import { buildDocs } from './build.ts';

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'docs/site/dist' }, base: { type: 'string', default: '/docs/' } },
});
if (!/^\/(.*\/)?$/.test(values.base)) {
  console.error(`--base ${values.base}: it begins and ends with a slash, such as /docs/.`);
  process.exit(2);
}
await buildDocs({ out: values.out, base: values.base, version: pkg.version });
console.log(`The documentation is in ${values.out}, for the address ${values.base}`);
