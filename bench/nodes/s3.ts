// The S3 server of the tests in a process of its own, so that its CPU time is told apart. Prints how to reach it.
import { startS3Server } from '../../server/test/harness/s3/s3-server.ts';

const { url, bucket, keys } = await startS3Server();
process.stdout.write(`${JSON.stringify({ url, bucket, keys })}\n`);
