import { writeFile } from 'node:fs/promises';
import { startTestService, withoutBrowser } from '../../../server/test/harness/service.ts';
import { apiFile, apiPage } from './api.ts';
import { generated } from './generated.ts';

const root = new URL('../../../', import.meta.url);
for (const [file, write] of Object.entries(generated)) await writeFile(new URL(file, root), await write());

await using test = await startTestService(withoutBrowser);
const { body } = await test.ask('/api/v1/openapi.json');
await writeFile(new URL(apiFile, root), apiPage(JSON.parse(body.toString())));
