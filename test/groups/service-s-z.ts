import { runGroup } from '../run-group.ts';

runGroup('service-s-z');
