import { after } from 'node:test';
import { startPostgres } from '../../harness/postgres.ts';
import { storeContract } from '../contract.ts';
import { databaseWithTables, openerOf } from './harness.ts';

const server = await startPostgres();
after(() => server[Symbol.asyncDispose]());

storeContract('the store in Postgres and files', openerOf(server, await databaseWithTables(server)));
