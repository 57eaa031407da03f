import { runGroup } from '../run-group.ts';

runGroup('browser-cr-h');
