import { after } from 'node:test';
import { shareBrowser } from '../../dashboard/test/harness/browser.ts';
import { runGroup } from '../run-group.ts';

// Kept for all files.
const browser = await shareBrowser();
after(() => browser[Symbol.asyncDispose]());
runGroup('dashboard-s-z');
