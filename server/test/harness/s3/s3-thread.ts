// The program of a thread: a server that speaks S3.
import { parentPort } from 'node:worker_threads';
import { startS3Server } from './s3-server.ts';

const { url, bucket, keys } = await startS3Server();
parentPort?.postMessage({ url, bucket, keys });
