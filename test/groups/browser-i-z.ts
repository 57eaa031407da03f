import { runGroup } from '../run-group.ts';

runGroup('browser-i-z');
