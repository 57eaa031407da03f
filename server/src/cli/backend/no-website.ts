import type { Origin } from '../../model/website.ts';
import { CommandError } from '../terminal.ts';

export function noWebsite(origin: Origin): CommandError {
  return new CommandError(`There is no website ${origin}. Create it: npx ogplus site create ${origin}`);
}
