import { describe } from 'node:test';
import { cardsContract } from './contract/cards.ts';
import { picturesContract } from './contract/pictures.ts';
import { sweepContract } from './contract/sweep.ts';
import { openSqliteAndS3 } from './harness-s3.ts';

describe('the store in SQLite and S3, where pictures matter', () => {
  cardsContract(openSqliteAndS3);
  picturesContract(openSqliteAndS3);
  sweepContract(openSqliteAndS3);
});
