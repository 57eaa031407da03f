import { runGroup } from '../run-group.ts';

runGroup('cli-m-z');
