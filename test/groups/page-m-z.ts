import { runGroup } from '../run-group.ts';

runGroup('page-m-z');
