import { runGroup } from '../run-group.ts';

runGroup('dashboard-s-z');
