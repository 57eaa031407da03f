import { runGroup } from '../run-group.ts';

runGroup('dashboard-a-f');
