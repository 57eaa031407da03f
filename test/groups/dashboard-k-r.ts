import { runGroup } from '../run-group.ts';

runGroup('dashboard-k-r');
