import { after, describe } from 'node:test';
import { startPostgres } from '../../harness/postgres.ts';
import { cardsContract } from '../contract/cards.ts';
import { picturesContract } from '../contract/pictures.ts';
import { sweepContract } from '../contract/sweep.ts';
import { databaseWithTables, openerWithS3 } from './harness.ts';

const server = await startPostgres();
after(() => server[Symbol.asyncDispose]());
const open = openerWithS3(server, await databaseWithTables(server));

describe('the store in Postgres and S3, where pictures matter', () => {
  cardsContract(open);
  picturesContract(open);
  sweepContract(open);
});
