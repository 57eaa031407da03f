import { runGroup } from '../run-group.ts';

runGroup('service-l-r');
