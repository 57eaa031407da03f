import { runGroup } from '../run-group.ts';

runGroup('browser-a-co');
