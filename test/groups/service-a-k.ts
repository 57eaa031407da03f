import { runGroup } from '../run-group.ts';

runGroup('service-a-k');
