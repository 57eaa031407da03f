import { runGroup } from '../run-group.ts';

runGroup('page-a-l');
