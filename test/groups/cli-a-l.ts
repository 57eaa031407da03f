import { runGroup } from '../run-group.ts';

runGroup('cli-a-l');
